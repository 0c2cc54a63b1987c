package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.ScriptServer;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Relays that are allowed to do what they do, and surprise clients with it. */
@Timeout(60)
final class OddRelaysIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  private SshKey key;
  private LocalService echo;

  @BeforeEach
  void start() {
    key = SshKey.create(folder, "ed25519");
    echo = Services.echo();
  }

  @AfterEach
  void stop() {
    echo.close();
  }

  private TunnelConfig.Builder to(ScriptServer server) {
    return TestTunnel.to(server, key, folder.resolve("known_hosts"));
  }

  private Forward named(int number) {
    Target target = Target.plain("localhost", echo.port());
    return new Forward(Forward.Kind.ANY, "name" + number + ".example", number % 2, target);
  }

  @Test
  void visitorRightBehindTheReplyIsServedThousandOfThousand() throws Exception {
    try (ScriptServer server = ScriptServer.asyncSsh(folder, "--none", "--eager")) {
      TunnelConfig.Builder config = to(server);
      for (int i = 0; i < 500; i++) {
        config.forward(named(i));
      }
      try (TestTunnel tunnel = TestTunnel.open(config).ready()) {
        List<CompletableFuture<Integer>> more = new ArrayList<>();
        for (int i = 500; i < 1_000; i++) {
          more.add(tunnel.tunnel().add(named(i)));
        }
        for (CompletableFuture<Integer> each : more) {
          each.get(20, TimeUnit.SECONDS);
        }
        assertEagerVisits(server.program(), 1_000);
        await().until(() -> tunnel.tunnel().visitors() == 0);
      }
    }
  }

  private void assertEagerVisits(RunningProgram server, int visits) {
    server.awaitLine("^eager served " + visits + " failed 0$", LIMIT);
    assertThat(echo.accepted()).isEqualTo(visits);
  }

  @Test
  void visitorsFlowWhileTheRelayThinksAboutAnotherForward() throws Exception {
    try (ScriptServer server = ScriptServer.asyncSsh(folder, "--none", "--delay", "1.5");
        TestTunnel tunnel =
            TestTunnel.open(to(server).forward(TestTunnel.forward(0, echo.port()))).ready();
        Socket inside = Visitor.connect(tunnel.port(0))) {
      CompletableFuture<Integer> asked = tunnel.tunnel().add(named(0));

      int served = 0;
      Duration slowest = Duration.ZERO;
      while (!asked.isDone()) {
        long begin = System.nanoTime();
        assertThat(Visitor.exchange(tunnel.port(0), "new")).isEqualTo("new");
        inside.getOutputStream().write("old\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Visitor.readLine(inside)).isEqualTo("old");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        served++;
      }
      assertThat(Visitor.exchange(asked.get(), "later")).isEqualTo("later");
      assertThat(served).isGreaterThan(3);
      assertThat(slowest).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void relayThatChangesItsKeysAllTheTimeLosesNothing() throws Exception {
    try (ScriptServer server = ScriptServer.asyncSsh(folder, "--none", "--rekey-bytes", "1000000");
        LocalService sink = Services.answersAfterEnd(8 << 20);
        TestTunnel tunnel =
            TestTunnel.open(to(server).forward(TestTunnel.forward(0, sink.port()))).ready();
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      var sent = ByteFlow.send(visitor.getOutputStream(), 8 << 20, 9);
      visitor.shutdownOutput();

      assertThat(Visitor.readLine(visitor)).isEqualTo(sent.toString());
      assertThat(ByteFlow.receive(visitor.getInputStream()))
          .isEqualTo(ByteFlow.expected(8 << 20, 1));
    }
  }
}
