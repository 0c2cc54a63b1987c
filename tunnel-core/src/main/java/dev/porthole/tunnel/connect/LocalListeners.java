package dev.porthole.tunnel.connect;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.splice.EarlyBytes;
import dev.porthole.ssh.splice.Splice;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.TunnelEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Local ports that lead through the relay ({@code -L}). They stay open across reconnects; without a
 * connection, who connects is closed. Made on the tunnel's thread, served on the loop.
 */
final class LocalListeners {
  private final EventLoops loops;
  private volatile @Nullable SshConnection current;

  LocalListeners(EventLoops loops) {
    this.loops = loops;
  }

  /** Connections from now on go through this one. */
  void use(SshConnection connection) {
    current = connection;
    connection.closed().thenRun(() -> current = null);
  }

  void open(LocalForward forward, Consumer<TunnelEvent> events) {
    ChannelFuture bound =
        loops
            .listener()
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Through(forward))
            .bind(new InetSocketAddress(forward.bindHost(), forward.bindPort()))
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
      events.accept(new TunnelEvent.LocalForwardStands(forward, port));
    } else {
      String where = forward.bindHost() + ":" + forward.bindPort();
      events.accept(
          new TunnelEvent.LocalForwardFailed(
              forward, "cannot listen on " + where + ": is the port in use?"));
    }
  }

  private final class Through extends ChannelInitializer<Channel> {
    private final LocalForward forward;

    private Through(LocalForward forward) {
      this.forward = forward;
    }

    @Override
    protected void initChannel(Channel local) {
      SshConnection connection = current;
      if (connection == null) {
        local.close();
        return;
      }
      local.pipeline().addLast(new EarlyBytes());
      BindAddress target =
          new BindAddress(forward.destination().host(), forward.destination().port());
      InetSocketAddress from = (InetSocketAddress) local.remoteAddress();
      BindAddress origin = new BindAddress(from.getAddress().getHostAddress(), from.getPort());
      connection
          .openDirectTcpip(target, origin, new ChannelInboundHandlerAdapter())
          .whenComplete(
              (channel, refusal) -> {
                if (refusal != null) {
                  local.close();
                } else {
                  Splice.join(channel, (DuplexChannel) local);
                }
              });
    }
  }
}
