package dev.porthole.ssh.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannelConfig;

/**
 * The last handler of a transport's pipeline: hands each read to MINA as it comes. MINA moves the
 * rest of its buffer down after every packet, so many small reads are cheaper than one large one.
 */
final class TransportHandler extends ChannelInboundHandlerAdapter {
  static final String NAME = "ssh-transport";

  private final SshTransport transport;
  private boolean started;
  private boolean ended;

  TransportHandler(SshTransport transport) {
    this.transport = transport;
  }

  /** Begins the SSH protocol; called when bytes can flow, whoever notices first. */
  void start(ChannelHandlerContext ctx) throws Exception {
    if (!started) {
      started = true;
      transport.start(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) throws Exception {
    start(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf bytes = (ByteBuf) message;
    try {
      transport.read(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    transport.readComplete();
    if (ctx.channel().config() instanceof EpollSocketChannelConfig config) {
      // The kernel forgets it after some packets. A peer with Nagle's algorithm on, as sshd without
      // a terminal, would wait 40 ms for our delayed acknowledgement before its next small packet.
      config.setTcpQuickAck(true);
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    transport.writabilityChanged();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    if (started && !ended) {
      ended = true;
      transport.ended();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (started) {
      transport.failed(cause);
    } else {
      ctx.close();
    }
  }
}
