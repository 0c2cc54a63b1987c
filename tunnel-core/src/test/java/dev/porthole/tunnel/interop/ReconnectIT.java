package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.Programs;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.RetryPolicy;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.TunnelState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that die, freeze, stay away, and come back. */
@Timeout(120)
final class ReconnectIT extends OpenSshStage {
  private static final RetryPolicy IMPATIENT =
      new RetryPolicy(
          true, true, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(30));

  @Test
  void killedServerComesBackUnderTheSameUrl() throws Exception {
    try (TestTunnel tunnel = open(IMPATIENT).ready()) {
      int port = tunnel.port(0);
      List<PublicUrl> urls = tunnel.tunnel().urls();
      int told = tunnel.story().size();

      sshd.restart();
      tunnel.awaitEvents(TunnelEvent.Ready.class, 2);

      List<String> story = tunnel.story().subList(told, tunnel.story().size());
      assertThat(story).startsWith("Lost", "Reconnecting", "Connecting");
      assertThat(story)
          .endsWith("Connected", "Authenticated", "ForwardStands", "Ready")
          .doesNotContain("UrlChanged", "Url", "HostKeyRemembered");
      assertThat(tunnel.tunnel().urls()).isEqualTo(urls);
      assertThat(tunnel.tunnel().state()).isEqualTo(new TunnelState.Online(urls));
      assertThat(Visitor.exchange(port, "again")).isEqualTo("again");
    }
  }

  @Test
  void serverThatStaysAwayIsTriedAgainAndNoUrlIsValidMeanwhile() throws Exception {
    try (TestTunnel tunnel = open(IMPATIENT).ready()) {
      sshd.close();
      tunnel.awaitEvents(TunnelEvent.Reconnecting.class, 4);

      assertThat(tunnel.tunnel().urls()).isEmpty();
      assertThat(tunnel.events(TunnelEvent.Lost.class)).hasSize(1);
      assertThat(tunnel.events(TunnelEvent.Reconnecting.class))
          .extracting(TunnelEvent.Reconnecting::attempt)
          .startsWith(2, 3, 4, 5);
      assertThat(tunnel.tunnel().closed()).isNotDone();

      sshd.restart();
      tunnel.awaitEvents(TunnelEvent.Ready.class, 2);
      assertThat(Visitor.exchange(tunnel.port(0), "back")).isEqualTo("back");
    }
  }

  @Test
  void withoutRetryTheLossIsTheEnd() throws Exception {
    try (TestTunnel tunnel = open(RetryPolicy.never()).ready()) {
      sshd.close();

      assertThat(tunnel.tunnel().closed().get(10, TimeUnit.SECONDS).cause())
          .containsInstanceOf(TunnelException.ConnectionLost.class);
      assertThat(tunnel.story()).endsWith("Lost", "Closed").doesNotContain("Reconnecting");
    }
  }

  @Test
  void changedHostKeyEndsTheTunnelInTheMiddleOfItsLife() throws Exception {
    try (TestTunnel tunnel = open(IMPATIENT).ready()) {
      int port = sshd.port();
      sshd.close();
      try (OpenSshServer impostor =
          OpenSshServer.builder(folder).authorize(key.publicLine()).start(port)) {
        assertThat(tunnel.tunnel().closed().get(20, TimeUnit.SECONDS).cause())
            .containsInstanceOf(TunnelException.HostKeyRefused.class);
        assertThat(impostor.program().err()).doesNotContain("Accepted");
      }
    }
  }

  @Test
  void relayThatIsNotThereYetIsWaitedForIfTheUserWantsThat() throws Exception {
    int port = FreePort.next();
    TunnelConfig.Builder early =
        TunnelConfig.builder(new HostPort("127.0.0.1", port))
            .user(OpenSshServer.accountName())
            .session(false)
            .login(config().build().login())
            .forward(forward(0, echo.port()))
            .retry(IMPATIENT);
    try (TestTunnel tunnel = TestTunnel.open(early)) {
      tunnel.awaitEvents(TunnelEvent.Reconnecting.class, 2);
      assertThat(tunnel.tunnel().ready()).isNotDone();

      try (OpenSshServer late =
          OpenSshServer.builder(folder).authorize(key.publicLine()).start(port)) {
        tunnel.ready();
        assertThat(late.port()).isEqualTo(port);
        assertThat(Visitor.exchange(tunnel.port(0), "late")).isEqualTo("late");
      }
    }
  }

  @Test
  void relayThatIsNotThereEndsTheFirstAttempt() throws Exception {
    sshd.close();
    try (TestTunnel tunnel = open(RetryPolicy.standard())) {
      assertThat(tunnel.failure())
          .isInstanceOf(TunnelException.RelayUnreachable.class)
          .hasMessageContaining("127.0.0.1:" + sshd.port() + ": connection refused");
      assertThat(tunnel.tunnel().closed().get(5, TimeUnit.SECONDS).cause()).isPresent();
    }
  }

  @Test
  void frozenServerIsNoticed() throws Exception {
    try (TestTunnel tunnel =
        TestTunnel.open(
                config()
                    .forward(forward(0, echo.port()))
                    .retry(RetryPolicy.never())
                    .keepalive(Duration.ofMillis(200), 2))
            .ready()) {
      long before = System.nanoTime();
      sshd.program().signal("STOP");
      ProcessHandle.of(sshd.program().pid())
          .orElseThrow()
          .descendants()
          .forEach(child -> signal("STOP", child));

      assertThat(tunnel.tunnel().closed().get(10, TimeUnit.SECONDS).cause())
          .hasValueSatisfying(cause -> assertThat(cause).hasMessageContaining("no sign of life"));
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(400));
    } finally {
      ProcessHandle.of(sshd.program().pid())
          .orElseThrow()
          .descendants()
          .forEach(child -> signal("CONT", child));
      sshd.program().signal("CONT");
    }
  }

  @Test
  void quietConnectionIsKeptAlive() throws Exception {
    try (TestTunnel tunnel =
        TestTunnel.open(
                config().forward(forward(0, echo.port())).keepalive(Duration.ofMillis(100), 2))
            .ready()) {
      await()
          .during(Duration.ofMillis(1500))
          .atMost(Duration.ofSeconds(5))
          .until(() -> tunnel.events(TunnelEvent.Lost.class).findAny().isEmpty());
      assertThat(Visitor.exchange(tunnel.port(0), "quiet")).isEqualTo("quiet");
    }
  }

  private static void signal(String name, ProcessHandle process) {
    Programs.mustRun(Duration.ofSeconds(5), "kill", "-" + name, Long.toString(process.pid()));
  }

  private TestTunnel open(RetryPolicy retry) {
    return TestTunnel.open(config().forward(forward(0, echo.port())).retry(retry));
  }
}
