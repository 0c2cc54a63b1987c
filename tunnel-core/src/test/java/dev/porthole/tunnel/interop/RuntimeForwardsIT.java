package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.TunnelState;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forwards that come and go while the tunnel stands, and what a reconnect makes of them. */
@Timeout(120)
final class RuntimeForwardsIT extends OpenSshStage {

  @Test
  void forwardTypedTwiceStandsTwiceAndComesBackTwice() throws Exception {
    try (TestTunnel tunnel =
        TestTunnel.open(config().forward(forward(0, echo.port())).forward(forward(0, echo.port())))
            .ready()) {
      int one = tunnel.port(0);
      int two = tunnel.port(1);
      assertThat(one).isNotEqualTo(two);
      assertThat(tunnel.tunnel().urls()).hasSize(2);

      restart(tunnel);

      assertThat(Visitor.exchange(one, "one")).isEqualTo("one");
      assertThat(Visitor.exchange(two, "two")).isEqualTo("two");
      assertThat(tunnel.events(TunnelEvent.UrlChanged.class)).isEmpty();
    }
  }

  @Test
  void removedTwinTakesOnlyOneAway() throws Exception {
    Forward twin = forward(0, echo.port());
    try (TestTunnel tunnel = TestTunnel.open(config().forward(twin).forward(twin)).ready()) {
      tunnel.tunnel().remove(twin).get(5, TimeUnit.SECONDS);
      await().until(() -> !FreePort.isListening(tunnel.port(0)));
      assertThat(Visitor.exchange(tunnel.port(1), "left")).isEqualTo("left");

      tunnel.tunnel().remove(twin).get(5, TimeUnit.SECONDS);
      await().until(() -> !FreePort.isListening(tunnel.port(1)));
    }
  }

  @Test
  void addedForwardComesBackOnItsPort() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      int port = tunnel.tunnel().add(forward(0, echo.port())).get(5, TimeUnit.SECONDS);
      assertThat(Visitor.exchange(port, "new")).isEqualTo("new");

      restart(tunnel);

      assertThat(Visitor.exchange(port, "again")).isEqualTo("again");
    }
  }

  @Test
  void removedForwardDoesNotComeBack() throws Exception {
    Forward first = forward(FreePort.next(), echo.port());
    try (TestTunnel tunnel =
        TestTunnel.open(config().forward(first).forward(forward(0, echo.port()))).ready()) {
      tunnel.tunnel().remove(first).get(5, TimeUnit.SECONDS);

      restart(tunnel);

      assertThat(FreePort.isListening(first.bindPort())).isFalse();
      assertThat(Visitor.exchange(tunnel.port(1), "other")).isEqualTo("other");
    }
  }

  @Test
  void visitorInsideARemovedForwardStays() throws Exception {
    Forward first = forward(0, echo.port());
    try (TestTunnel tunnel = TestTunnel.open(config().forward(first)).ready();
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      assertThat(talk(visitor, "before")).isEqualTo("before");

      tunnel.tunnel().remove(first).get(5, TimeUnit.SECONDS);

      assertThat(talk(visitor, "after")).isEqualTo("after");
    }
  }

  @Test
  void refusedForwardFailsAloneAndIsNotAskedForAgain() throws Exception {
    try (LocalService busy = Services.silent();
        TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      Forward taken =
          new Forward(
              Forward.Kind.ANY, "127.0.0.1", busy.port(), Target.plain("localhost", echo.port()));
      assertThatThrownBy(() -> tunnel.tunnel().add(taken).get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TunnelException.ForwardRefused.class)
          .hasMessageContaining("127.0.0.1:" + busy.port() + " -> localhost:" + echo.port());
      assertThat(tunnel.events(TunnelEvent.ForwardFailed.class)).hasSize(1);

      restart(tunnel);

      assertThat(tunnel.events(TunnelEvent.ForwardFailed.class)).hasSize(1);
      assertThat(Visitor.exchange(tunnel.port(0), "alive")).isEqualTo("alive");
    }
  }

  @Test
  void whileTheServerIsAwayNothingCanBeAddedButMuchRemoved() throws Exception {
    Forward first = forward(0, echo.port());
    try (TestTunnel tunnel = TestTunnel.open(config().forward(first)).ready()) {
      sshd.close();
      await().until(() -> tunnel.tunnel().state() instanceof TunnelState.Waiting);

      assertThatThrownBy(
              () -> tunnel.tunnel().add(forward(0, echo.port())).get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TunnelException.ForwardRefused.class);
      tunnel.tunnel().remove(first).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void closedTunnelAnswersEveryCall() throws Exception {
    Forward first = forward(0, echo.port());
    TestTunnel tunnel = TestTunnel.open(config().forward(first)).ready();
    tunnel.close();

    assertThatThrownBy(() -> tunnel.tunnel().add(first).get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TunnelException.ForwardRefused.class);
    tunnel.tunnel().remove(first).get(5, TimeUnit.SECONDS);
  }

  @Test
  void removingWhatWasNeverThereIsNoError() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      tunnel.tunnel().remove(forward(1, 1)).get(5, TimeUnit.SECONDS);

      assertThat(Visitor.exchange(tunnel.port(0), "here")).isEqualTo("here");
    }
  }

  private void restart(TestTunnel tunnel) {
    int before = (int) tunnel.events(TunnelEvent.Ready.class).count();
    sshd.restart();
    tunnel.awaitEvents(TunnelEvent.Ready.class, before + 1);
  }

  private static String talk(Socket visitor, String line) throws Exception {
    visitor.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    return Visitor.readLine(visitor);
  }
}
