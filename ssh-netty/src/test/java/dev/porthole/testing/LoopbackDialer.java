package dev.porthole.testing;

import dev.porthole.ssh.client.Dialer;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.ssh.transport.TransportOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;

/** Connects to one address, and tries no other. */
public record LoopbackDialer(EventLoops loops, InetSocketAddress address) implements Dialer {
  @Override
  public Future<Channel> dial(EventLoop loop, ChannelHandler transport) {
    Promise<Channel> dialed = loop.newPromise();
    TransportOptions.apply(new Bootstrap())
        .group(loop)
        .channel(loops.socketChannel())
        .handler(transport)
        .connect(address)
        .addListener(
            (ChannelFuture done) -> {
              if (done.isSuccess()) {
                dialed.setSuccess(done.channel());
              } else {
                dialed.setFailure(done.cause());
              }
            });
    return dialed;
  }

  @Override
  public String describe() {
    return address.toString();
  }
}
