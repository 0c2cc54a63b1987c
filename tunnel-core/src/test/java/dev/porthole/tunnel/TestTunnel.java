package dev.porthole.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.StrangerServer;
import dev.porthole.tunnel.connect.Porthole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A tunnel under test and everything it told. */
public final class TestTunnel implements AutoCloseable {
  private final List<TunnelEvent> events = new CopyOnWriteArrayList<>();
  private final Tunnel tunnel;

  private TestTunnel(TunnelConfig config, TunnelListener listener) {
    tunnel =
        Porthole.open(
            config,
            event -> {
              events.add(event);
              listener.onEvent(event);
            });
  }

  /** Opens a tunnel without waiting. */
  public static TestTunnel open(TunnelConfig.Builder config) {
    return new TestTunnel(config.build(), event -> {});
  }

  /** Opens a tunnel that also tells somebody else. */
  public static TestTunnel open(TunnelConfig.Builder config, TunnelListener listener) {
    return new TestTunnel(config.build(), listener);
  }

  /** A configuration for a stranger on loopback: one key, keys of servers remembered in a file. */
  public static TunnelConfig.Builder to(StrangerServer server, SshKey key, Path knownHosts) {
    return TunnelConfig.builder(new HostPort("127.0.0.1", server.port()))
        .user(server.user())
        .session(false)
        .login(new Login(List.of(key.file()), Optional.empty(), question -> Optional.empty()))
        .trust(new HostKeyTrust(HostKeyTrust.Mode.ACCEPT_NEW, List.of(knownHosts)))
        .connectLimit(Duration.ofSeconds(10));
  }

  /** A forward as {@code -R port:localhost:local}. */
  public static Forward forward(int port, int local) {
    return new Forward(Forward.Kind.ANY, "localhost", port, Target.plain("localhost", local));
  }

  /** Waits until it stands. */
  public TestTunnel ready() throws Exception {
    tunnel.ready().get(20, TimeUnit.SECONDS);
    return this;
  }

  /** Waits for the failure of the first attempt. */
  public TunnelException failure() throws Exception {
    try {
      tunnel.ready().get(30, TimeUnit.SECONDS);
      throw new AssertionError("the tunnel stands");
    } catch (ExecutionException e) {
      return (TunnelException) e.getCause();
    }
  }

  /** The port the relay granted to the n-th forward that stands. */
  public int port(int index) {
    return events(TunnelEvent.ForwardStands.class)
        .skip(index)
        .findFirst()
        .orElseThrow()
        .grantedPort();
  }

  /** What it told, of one kind. */
  public <E extends TunnelEvent> Stream<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** The kinds of what it told so far, in order. */
  public List<String> story() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  /** Waits until it told something of a kind so many times. */
  public void awaitEvents(Class<? extends TunnelEvent> kind, int times) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(events(kind)).hasSizeGreaterThanOrEqualTo(times));
  }

  /** The tunnel itself. */
  public Tunnel tunnel() {
    return tunnel;
  }

  @Override
  public void close() {
    tunnel.close();
  }
}
