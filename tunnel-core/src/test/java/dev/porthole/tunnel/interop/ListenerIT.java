package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.Tunnel;
import dev.porthole.tunnel.TunnelEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that throw, sleep, or close the tunnel; and more events than anybody can read. */
@Timeout(120)
final class ListenerIT extends OpenSshStage {

  @Test
  void listenerThatThrowsHearsTheNextEventAllTheSame() throws Exception {
    try (TestTunnel tunnel =
        TestTunnel.open(
                config().forward(forward(0, echo.port())),
                event -> {
                  throw new IllegalStateException("no mood for " + event);
                })
            .ready()) {
      assertThat(Visitor.exchange(tunnel.port(0), "hello")).isEqualTo("hello");
      assertThat(tunnel.story()).containsSequence("Authenticated", "ForwardStands", "Url", "Ready");
    }
  }

  @Test
  void listenerThatSleepsDelaysNoVisitor() throws Exception {
    CountDownLatch awake = new CountDownLatch(1);
    try (TestTunnel tunnel =
        TestTunnel.open(
            config().forward(forward(0, echo.port())),
            event -> {
              if (event instanceof TunnelEvent.Ready) {
                awaitQuietly(awake);
              }
            })) {
      tunnel.awaitEvents(TunnelEvent.Ready.class, 1);

      assertThat(Visitor.exchange(tunnel.port(0), "hello")).isEqualTo("hello");
      assertThat(tunnel.tunnel().ready()).isNotDone();

      awake.countDown();
      tunnel.ready();
    }
  }

  @Test
  void listenerMayCloseItsTunnel() throws Exception {
    CompletableFuture<Tunnel> self = new CompletableFuture<>();
    TestTunnel tunnel =
        TestTunnel.open(
            config().forward(forward(0, echo.port())),
            event -> {
              if (event instanceof TunnelEvent.Ready) {
                self.join().close();
              }
            });
    self.complete(tunnel.tunnel());

    assertThat(tunnel.tunnel().closed().get(5, TimeUnit.SECONDS).cause()).isEmpty();
  }

  @Test
  void moreTextThanAnybodyReadsIsDroppedAndThatIsTold() throws Exception {
    CountDownLatch awake = new CountDownLatch(1);
    Path allSaid = folder.resolve("all-said");
    try (TestTunnel tunnel =
        TestTunnel.open(
            config()
                .session(true)
                .command("seq 1 20000; touch " + allSaid)
                .forward(forward(0, echo.port())),
            event -> {
              if (event instanceof TunnelEvent.RelayText) {
                awaitQuietly(awake);
              }
            })) {
      await().until(() -> Files.exists(allSaid));
      awake.countDown();
      tunnel.ready();

      tunnel.awaitEvents(TunnelEvent.Warning.class, 1);
      assertThat(tunnel.events(TunnelEvent.Warning.class).findFirst().orElseThrow().message())
          .matches("\\d+ events were not told: too many at once");
      assertThat(tunnel.events(TunnelEvent.RelayText.class).count()).isBetween(1000L, 19_999L);
      assertThat(Visitor.exchange(tunnel.port(0), "alive")).isEqualTo("alive");
    }
  }

  @Test
  void crowdBeforeAClosedDoorIsToldOnceASecond() throws Exception {
    try (TestTunnel tunnel =
        TestTunnel.open(config().forward(forward(0, FreePort.next()))).ready()) {
      long before = System.nanoTime();
      for (int i = 0; i < 50; i++) {
        assertThat(Visitor.exchange(tunnel.port(0), "GET / HTTP/1.1\r\n\r\n"))
            .startsWith("HTTP/1.1 502");
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before);

      assertThat(tunnel.events(TunnelEvent.VisitFailed.class).count()).isBetween(1L, seconds + 2);
    }
  }

  @Test
  void localPortLeadsThroughTheServerAlsoForWhoEndsEarly() throws Exception {
    LocalForward local = new LocalForward("127.0.0.1", 0, new HostPort("127.0.0.1", echo.port()));
    try (TestTunnel tunnel = TestTunnel.open(config().localForward(local)).ready()) {
      int port =
          tunnel.events(TunnelEvent.LocalForwardStands.class).findFirst().orElseThrow().boundPort();
      for (int i = 0; i < 50; i++) {
        assertThat(Visitor.exchange(port, "early " + i)).isEqualTo("early " + i);
      }

      sshd.restart();
      tunnel.awaitEvents(TunnelEvent.Ready.class, 2);
      assertThat(Visitor.exchange(port, "again")).isEqualTo("again");
    }
  }

  @Test
  void localPortThatIsTakenIsToldAndTheTunnelStands() throws Exception {
    try (LocalService busy = Services.silent();
        TestTunnel tunnel =
            TestTunnel.open(
                    config()
                        .forward(forward(0, echo.port()))
                        .localForward(
                            new LocalForward(
                                "127.0.0.1", busy.port(), new HostPort("127.0.0.1", 1))))
                .ready()) {
      assertThat(tunnel.events(TunnelEvent.LocalForwardFailed.class)).hasSize(1);
      assertThat(Visitor.exchange(tunnel.port(0), "alive")).isEqualTo("alive");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
