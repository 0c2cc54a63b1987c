package dev.porthole.ssh.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoHandler;

/** Incoming connections. {@link #bind} blocks and so must not be called on a loop. */
final class NettyIoAcceptor extends NettyIoService implements IoAcceptor {
  private final Map<SocketAddress, Channel> bound = new ConcurrentHashMap<>();
  private final EventLoops loops;
  private final IoHandler handler;
  private final Admission admission;

  NettyIoAcceptor(EventLoops loops, IoHandler handler, Admission admission) {
    this.loops = loops;
    this.handler = handler;
    this.admission = admission;
  }

  @Override
  public void bind(SocketAddress address) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.serverSocketChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new TransportInitializer());
    TransportOptions.apply(bootstrap);
    var binding = bootstrap.bind(address).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException("cannot listen on " + address, binding.cause());
    }
    bound.put(binding.channel().localAddress(), binding.channel());
  }

  @Override
  public void bind(Collection<? extends SocketAddress> addresses) throws IOException {
    for (SocketAddress address : addresses) {
      bind(address);
    }
  }

  @Override
  public void unbind(SocketAddress address) {
    Channel channel = bound.remove(address);
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void unbind(Collection<? extends SocketAddress> addresses) {
    addresses.forEach(this::unbind);
  }

  @Override
  public void unbind() {
    unbind(getBoundAddresses());
  }

  @Override
  public Set<SocketAddress> getBoundAddresses() {
    return Set.copyOf(bound.keySet());
  }

  @Override
  protected void preClose() {
    unbind();
    super.preClose();
  }

  private final class TransportInitializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      Optional<ByteBuf> refusal = admission.refusal(channel);
      if (refusal.isPresent()) {
        channel.pipeline().addLast(new RefusedConnection(refusal.get()));
        return;
      }
      SshTransport transport =
          new SshTransport(NettyIoAcceptor.this, handler, channel.parent().localAddress());
      channel.pipeline().addLast(TransportHandler.NAME, new TransportHandler(transport));
    }
  }
}
