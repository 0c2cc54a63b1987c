package dev.porthole.relay.route;

import dev.porthole.relay.words.RemoteOptions;
import dev.porthole.relay.words.TunnelKind;
import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.server.SshServerConnection;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A forward that stands: the way from a public name or port to a client. Confined to the loop.
 *
 * @param kind what visitors speak
 * @param host the public host name, in lower case
 * @param bound the forward as the client knows it
 * @param connection the client
 * @param policies the client's remote options, which arrive after its forwards; visitors wait for
 *     them
 */
public record Route(
    TunnelKind kind,
    String host,
    BindAddress bound,
    SshServerConnection connection,
    CompletableFuture<RemoteOptions> policies) {

  /** The loop the client's channels live on. */
  public EventLoop loop() {
    return connection.loop();
  }

  /** Opens a channel for a visitor; fails with {@code ChannelRefusedException}. */
  public CompletableFuture<SshChannel> open(InetSocketAddress visitor, ChannelHandler handler) {
    BindAddress origin = new BindAddress(visitor.getAddress().getHostAddress(), visitor.getPort());
    return connection.openForwardedTcpip(bound, origin, handler);
  }

  @Override
  public String toString() {
    return kind + " " + host + " " + bound;
  }
}
