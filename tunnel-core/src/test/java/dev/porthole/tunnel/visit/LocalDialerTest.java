package dev.porthole.tunnel.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the name of a local service to a connection. */
@Timeout(30)
final class LocalDialerTest {
  private final EventLoops loops = EventLoops.start(1);
  private final EventLoop loop = loops.next();
  private final ExecutorService resolver = Executors.newSingleThreadExecutor();
  private final LocalDialer dialer = new LocalDialer(loops, loop, resolver);

  @AfterEach
  void stop() {
    resolver.shutdownNow();
    loops.close();
  }

  @Test
  void localhostFindsAServiceOnEitherFamily() throws Exception {
    try (LocalService four = Services.echo("127.0.0.1");
        LocalService six = Services.echo("::1")) {
      assertThat(remote(dial("localhost", four.port())).getHostAddress()).isEqualTo("127.0.0.1");
      assertThat(remote(dial("LocalHost", six.port()))).isInstanceOf(Inet6Address.class);
    }
  }

  @Test
  void familyThatAnsweredIsTriedFirstTheNextTime() throws Exception {
    try (LocalService six = Services.echo("::1")) {
      HostPort address = new HostPort("localhost", six.port());
      assertThat(resolve(address).get(0).getHostAddress()).isEqualTo("127.0.0.1");

      dial("localhost", six.port());

      assertThat(resolve(address)).hasSize(2).first().isInstanceOf(Inet6Address.class);
      assertThat(resolve(new HostPort("localhost", 1)).get(0).getHostAddress())
          .isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "192.0.2.1", "2001:db8::1"})
  void literalAddressIsNotLookedUp(String literal) throws Exception {
    resolver.shutdown();

    assertThat(resolve(new HostPort(literal, 80))).containsExactly(InetAddress.getByName(literal));
  }

  @Test
  void channelComesSilentAndMayBeHalfClosed() throws Exception {
    try (LocalService greeter = Services.greeter("hello")) {
      Channel channel = dial("localhost", greeter.port());

      assertThat(channel.config().isAutoRead()).isFalse();
      assertThat(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE)).isTrue();
    }
  }

  @Test
  void absentServiceIsRefusedQuickly() {
    assertThatThrownBy(() -> dial("localhost", FreePort.next()))
        .hasCauseInstanceOf(ConnectException.class);
  }

  @Test
  void nameWithoutAddressFailsAndTheLoopLivesOn() throws Exception {
    assertThatThrownBy(() -> dial("no-such-host.invalid", 80))
        .hasCauseInstanceOf(UnknownHostException.class);
    try (LocalService echo = Services.echo()) {
      assertThat(dial("localhost", echo.port()).isActive()).isTrue();
    }
  }

  @Test
  void nameAfterTheTunnelClosedFailsToo() {
    resolver.shutdownNow();

    assertThatThrownBy(() -> dial("no-such-host.invalid", 80))
        .hasCauseInstanceOf(UnknownHostException.class);
  }

  private List<InetAddress> resolve(HostPort address) throws Exception {
    return onLoop(() -> dialer.resolve(address));
  }

  private Channel dial(String host, int port) throws Exception {
    return onLoop(() -> dialer.dial(Target.plain(host, port), new TargetTls()));
  }

  private <T> T onLoop(Supplier<Future<T>> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () ->
            action
                .get()
                .addListener(
                    (Future<T> done) -> {
                      if (done.isSuccess()) {
                        result.complete(done.getNow());
                      } else {
                        result.completeExceptionally(done.cause());
                      }
                    }));
    return result.get(10, TimeUnit.SECONDS);
  }

  private static InetAddress remote(Channel channel) {
    return ((InetSocketAddress) channel.remoteAddress()).getAddress();
  }
}
