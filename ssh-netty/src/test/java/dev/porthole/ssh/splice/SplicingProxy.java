package dev.porthole.ssh.splice;

import dev.porthole.ssh.transport.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Leads every visitor to a port of this machine, through nothing but a splice. */
final class SplicingProxy implements AutoCloseable {
  private final EventLoops loops;
  private final Channel listener;

  SplicingProxy(EventLoops loops, int servicePort) {
    this.loops = loops;
    this.listener =
        loops
            .listener()
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel visitor) {
                    visitor.pipeline().addLast(new EarlyBytes());
                    lead((DuplexChannel) visitor, servicePort);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  private void lead(DuplexChannel visitor, int servicePort) {
    ChannelFuture dialed =
        new Bootstrap()
            .group(visitor.eventLoop())
            .channel(loops.socketChannel())
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), servicePort));
    dialed.addListener(
        done -> {
          if (done.isSuccess()) {
            Splice.join(visitor, (DuplexChannel) dialed.channel());
          } else {
            visitor.close();
          }
        });
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
  }
}
