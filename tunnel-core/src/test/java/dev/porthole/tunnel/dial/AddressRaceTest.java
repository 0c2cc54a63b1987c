package dev.porthole.tunnel.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses that answer, refuse, or keep silent, and who wins. */
@Timeout(30)
final class AddressRaceTest {
  private final EventLoops loops = EventLoops.start(1);
  private final List<Channel> attempts = new CopyOnWriteArrayList<>();
  private LocalService alive;
  private Silence silence;

  @BeforeEach
  void start() throws Exception {
    alive = Services.silent();
    silence = new Silence();
  }

  @AfterEach
  void stop() throws Exception {
    loops.close();
    alive.close();
    silence.close();
  }

  @Test
  void firstAddressWinsAloneWhenItAnswers() throws Exception {
    try (LocalService second = Services.silent()) {
      Channel winner = race(5_000, at(alive.port()), at(second.port()));

      assertThat(winner.remoteAddress()).isEqualTo(at(alive.port()));
      await()
          .during(Duration.ofMillis(400))
          .atMost(Duration.ofSeconds(2))
          .until(() -> second.accepted() == 0);
    }
  }

  @Test
  void refusalStartsTheNextAtOnce() throws Exception {
    long before = System.nanoTime();

    Channel winner = race(5_000, at(FreePort.next()), at(alive.port()));

    assertThat(winner.remoteAddress()).isEqualTo(at(alive.port()));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(240));
  }

  @Test
  void silenceStartsTheNextAfterAQuarterSecondAndTheLoserIsClosed() throws Exception {
    long before = System.nanoTime();

    Channel winner = race(5_000, silence.address(), at(alive.port()));

    assertThat(winner.remoteAddress()).isEqualTo(at(alive.port()));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(250), Duration.ofSeconds(3));
    await().untilAsserted(() -> assertThat(attempts).filteredOn(Channel::isOpen).hasSize(1));
    assertThat(attempts).hasSize(2);
    assertThat(winner.isActive()).isTrue();
  }

  @Test
  void lastRefusalIsTheFailure() {
    assertThat(lost(5_000, at(FreePort.next()), at(FreePort.next())))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void refusalDoesNotEndARaceThatStillRuns() throws Exception {
    Channel winner = race(5_000, silence.address(), at(FreePort.next()), at(alive.port()));

    assertThat(winner.remoteAddress()).isEqualTo(at(alive.port()));
  }

  @Test
  void limitEndsEverything() {
    long before = System.nanoTime();

    assertThat(lost(600, silence.address(), silence.address()))
        .isInstanceOf(ConnectException.class)
        .hasMessage("no answer within 600 ms");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    await().untilAsserted(() -> assertThat(attempts).filteredOn(Channel::isOpen).isEmpty());
  }

  private Throwable lost(long limitMillis, InetSocketAddress... addresses) {
    try {
      throw new AssertionError("connected: " + race(limitMillis, addresses));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Channel race(long limitMillis, InetSocketAddress... addresses) throws Exception {
    EventLoop loop = loops.next();
    CompletableFuture<Channel> winner = new CompletableFuture<>();
    loop.execute(
        () ->
            AddressRace.start(bootstrap(), List.of(addresses), loop, limitMillis)
                .addListener(
                    done -> {
                      if (done.isSuccess()) {
                        winner.complete((Channel) done.getNow());
                      } else {
                        winner.completeExceptionally(done.cause());
                      }
                    }));
    return winner.get(10, TimeUnit.SECONDS);
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .channel(loops.socketChannel())
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                attempts.add(channel);
              }
            });
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Listens with a full backlog: Linux drops what comes next, as a firewall would. */
  private static final class Silence implements AutoCloseable {
    private final ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<SocketChannel> waiting = new ArrayList<>();

    Silence() throws Exception {
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address());
        waiting.add(channel);
      }
    }

    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort());
    }

    @Override
    public void close() throws Exception {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
      full.close();
    }
  }
}
