package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.StrangerServer;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.TestTunnel;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client and the servers of dropbear, AsyncSSH and npm's ssh2. */
@Timeout(120)
final class StrangerServersIT {
  private static final long MANY = 64L << 20;

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

  private TestTunnel open(StrangerServer server, Forward... forwards) throws Exception {
    var config = TestTunnel.to(server, key, folder.resolve("known/hosts"));
    for (Forward forward : forwards) {
      config.forward(forward);
    }
    return TestTunnel.open(config).ready();
  }

  @ParameterizedTest
  @EnumSource
  void portChosenByTheServerReachesTheLocalService(StrangerRelay relay) throws Exception {
    try (StrangerServer server = relay.start(folder, key);
        TestTunnel tunnel = open(server, forward(0, echo.port()))) {
      assertThat(tunnel.port(0)).isPositive();
      assertThat(Visitor.exchange(tunnel.port(0), "hello")).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoForwardsOnFixedPortsLeadToTheirOwnServices(StrangerRelay relay) throws Exception {
    int one = FreePort.next();
    int two = FreePort.next();
    try (LocalService greeter = Services.greeter("220 the other one\r\n");
        StrangerServer server = relay.start(folder, key);
        TestTunnel tunnel = open(server, forward(one, echo.port()), forward(two, greeter.port()));
        Socket visitor = Visitor.connect(two)) {
      assertThat(tunnel.port(0)).isEqualTo(one);
      assertThat(tunnel.port(1)).isEqualTo(two);
      assertThat(Visitor.readLine(visitor)).startsWith("220 the other one");
      assertThat(Visitor.exchange(one, "first")).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sixtyFourMebibytesArriveUnchangedBothWaysAtOnce(StrangerRelay relay) throws Exception {
    int port = FreePort.next();
    try (StrangerServer server = relay.start(folder, key);
        TestTunnel tunnel = open(server, forward(port, echo.port()));
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      CompletableFuture<ByteFlow.Sum> sent =
          CompletableFuture.supplyAsync(() -> sendAndEnd(visitor, MANY));

      ByteFlow.Sum received = ByteFlow.receive(visitor.getInputStream());

      assertThat(received).isEqualTo(sent.get(60, TimeUnit.SECONDS));
      assertThat(received.bytes()).isEqualTo(MANY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void halfClosedConnectionsGetTheirWholeAnswer(StrangerRelay relay) throws Exception {
    int port = FreePort.next();
    try (LocalService slow = Services.answersAfterEnd(64 * 1024);
        StrangerServer server = relay.start(folder, key);
        TestTunnel tunnel = open(server, forward(port, slow.port()))) {
      for (int i = 0; i < 20; i++) {
        try (Socket visitor = Visitor.connect(tunnel.port(0))) {
          ByteFlow.Sum sent = sendAndEnd(visitor, 10_000);

          assertThat(Visitor.readLine(visitor)).isEqualTo(sent.toString());
          assertThat(ByteFlow.receive(visitor.getInputStream()))
              .isEqualTo(ByteFlow.expected(64 * 1024, 1));
        }
      }
      assertThat(slow.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelledForwardLeadsNowhereAndTheOtherStays(StrangerRelay relay) throws Exception {
    Forward first = forward(FreePort.next(), echo.port());
    Forward second = forward(FreePort.next(), echo.port());
    try (StrangerServer server = relay.start(folder, key);
        TestTunnel tunnel = open(server, first, second)) {
      tunnel.tunnel().remove(first).get(5, TimeUnit.SECONDS);

      if (relay.stopsListening) {
        await().until(() -> !FreePort.isListening(first.bindPort()));
      } else {
        try (Socket late = Visitor.connect(first.bindPort())) {
          assertThat(Visitor.awaitEnd(late)).isNotNull();
        }
      }
      assertThat(Visitor.exchange(second.bindPort(), "other")).isEqualTo("other");
    }
  }

  @Test
  void resetOfTheServiceResetsTheVisitor() throws Exception {
    try (LocalService rude = Services.resets("partial");
        StrangerServer server = StrangerRelay.SSH2.start(folder, key);
        TestTunnel tunnel = open(server, forward(0, rude.port()));
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      visitor.getOutputStream().write('x');

      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(Visitor.End.RESET);
      await().until(() -> tunnel.tunnel().visitors() == 0);
    }
  }

  @Test
  void resetOfTheVisitorResetsTheService() throws Exception {
    BlockingQueue<Visitor.End> ends = new LinkedBlockingQueue<>();
    try (LocalService service = LocalService.start(socket -> ends.add(hear(socket)));
        StrangerServer server = StrangerRelay.SSH2.start(folder, key);
        TestTunnel tunnel = open(server, forward(0, service.port()))) {
      try (Socket visitor = Visitor.connect(tunnel.port(0))) {
        visitor.getOutputStream().write('x');
        assertThat(visitor.getInputStream().read()).isEqualTo('x');
        visitor.setSoLinger(true, 0);
      }

      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(Visitor.End.RESET);
      await().until(() -> tunnel.tunnel().visitors() == 0);
    }
  }

  private static Visitor.End hear(Socket socket) throws IOException {
    socket.getOutputStream().write(socket.getInputStream().read());
    return Visitor.awaitEnd(socket);
  }

  private static ByteFlow.Sum sendAndEnd(Socket visitor, long bytes) {
    try {
      ByteFlow.Sum sum = ByteFlow.send(visitor.getOutputStream(), bytes, 5);
      visitor.shutdownOutput();
      return sum;
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
