package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelState;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a tunnel ends: slowly, at once, or in the middle of something. */
@Timeout(120)
final class EndIT extends OpenSshStage {
  private static final Duration SOON = Duration.ofSeconds(4);

  @Test
  void drainedTunnelLetsTheVisitorInsideFinish() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready();
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      assertThat(talk(visitor, "before")).isEqualTo("before");

      tunnel.tunnel().drain(Duration.ofMinutes(1));

      await().until(() -> !FreePort.isListening(tunnel.port(0)));
      assertThat(tunnel.events(TunnelEvent.Draining.class))
          .containsExactly(new TunnelEvent.Draining(1));
      assertThat(tunnel.tunnel().state()).isInstanceOf(TunnelState.Draining.class);
      assertThat(talk(visitor, "during")).isEqualTo("during");
      assertThat(tunnel.tunnel().closed()).isNotDone();

      visitor.shutdownOutput();
      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(Visitor.End.END);
      assertThat(tunnel.tunnel().closed().get(10, TimeUnit.SECONDS).cause()).isEmpty();
      assertThat(tunnel.story()).endsWith("Draining", "Closed").doesNotContain("Lost");
    }
  }

  @Test
  void drainedTunnelWithoutVisitorsEndsAtOnce() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      tunnel.tunnel().drain(Duration.ofMinutes(1));

      tunnel.tunnel().closed().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void drainEndsVisitorsWhoStayTooLong() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready();
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      assertThat(talk(visitor, "inside")).isEqualTo("inside");

      tunnel.tunnel().drain(Duration.ofMillis(300));

      tunnel.tunnel().closed().get(SOON.toSeconds(), TimeUnit.SECONDS);
      Visitor.awaitEnd(visitor);
    }
  }

  @Test
  void closeEndsADrain() throws Exception {
    TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready();
    try (Socket visitor = Visitor.connect(tunnel.port(0))) {
      assertThat(talk(visitor, "inside")).isEqualTo("inside");
      tunnel.tunnel().drain(Duration.ofMinutes(1));
      tunnel.awaitEvents(TunnelEvent.Draining.class, 1);

      assertClosesSoon(tunnel);
    }
  }

  @Test
  void closeEndsVisitorsForwardsAndThreads() throws Exception {
    TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready();
    try (Socket visitor = Visitor.connect(tunnel.port(0))) {
      assertThat(talk(visitor, "inside")).isEqualTo("inside");
      assertThat(tunnel.tunnel().visitors()).isEqualTo(1);

      assertClosesSoon(tunnel);

      Visitor.awaitEnd(visitor);
      await().until(() -> !FreePort.isListening(tunnel.port(0)));
      await().until(() -> echo.open() == 0);
      assertThat(tunnel.tunnel().urls()).isEmpty();
      assertThat(tunnel.tunnel().visitors()).isZero();
      await()
          .untilAsserted(
              () ->
                  assertThat(Thread.getAllStackTraces().keySet())
                      .extracting(Thread::getName)
                      .noneMatch(name -> name.startsWith("porthole-")));
    }
    tunnel.close();
    assertThat(tunnel.events(TunnelEvent.Closed.class)).hasSize(1);
  }

  @Test
  void closeEndsAnAttemptThatHangs() throws Exception {
    try (LocalService silent = Services.silent()) {
      TestTunnel tunnel =
          TestTunnel.open(
              TunnelConfig.builder(new HostPort("127.0.0.1", silent.port()))
                  .forward(forward(0, echo.port())));
      await().until(() -> silent.accepted() == 1);

      assertClosesSoon(tunnel);
      assertThat(tunnel.tunnel().ready()).isCompletedExceptionally();
    }
  }

  @Test
  void closeEndsTheWaitForTheNextAttempt() throws Exception {
    TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready();
    sshd.close();
    tunnel.awaitEvents(TunnelEvent.Reconnecting.class, 2);

    assertClosesSoon(tunnel);
  }

  private static void assertClosesSoon(TestTunnel tunnel) {
    long before = System.nanoTime();
    tunnel.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
    assertThat(tunnel.tunnel().closed()).isCompleted();
    assertThat(tunnel.tunnel().state()).isInstanceOf(TunnelState.Closed.class);
    assertThat(tunnel.story()).endsWith("Closed");
  }

  private static String talk(Socket visitor, String line) throws Exception {
    visitor.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    return Visitor.readLine(visitor);
  }
}
