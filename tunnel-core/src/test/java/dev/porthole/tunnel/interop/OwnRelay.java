package dev.porthole.tunnel.interop;

import dev.porthole.relay.Relay;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our own relay: each local service gets a TCP port, or a name on its HTTP edge. */
final class OwnRelay implements RelayUnderTest {
  private final Relay relay;
  private final Forward.Kind kind;
  private final List<TestTunnel> tunnels = new ArrayList<>();

  private OwnRelay(Forward.Kind kind) throws IOException {
    this.relay = Relay.builder().start();
    this.kind = kind;
  }

  /** One port for each service. */
  static OwnRelay tcp() throws IOException {
    return new OwnRelay(Forward.Kind.TCP);
  }

  /** One name for each service. */
  static OwnRelay http() throws IOException {
    return new OwnRelay(Forward.Kind.HTTP);
  }

  @Override
  public PublicPlace share(Target target) throws Exception {
    TestTunnel tunnel =
        TestTunnel.open(
            TunnelConfig.builder(new HostPort("127.0.0.1", relay.sshPort()))
                .forward(new Forward(kind, "", 0, target)));
    tunnels.add(tunnel);
    List<PublicUrl> urls = tunnel.tunnel().ready().get(20, TimeUnit.SECONDS);
    URI uri = urls.get(0).uri();
    return new PublicPlace("127.0.0.1", uri.getPort(), uri.getAuthority());
  }

  @Override
  public boolean keepsResets() {
    return true;
  }

  @Override
  public int visitors() {
    return tunnels.stream().mapToInt(each -> each.tunnel().visitors()).sum();
  }

  @Override
  public void close() {
    tunnels.forEach(TestTunnel::close);
    relay.close();
  }
}
