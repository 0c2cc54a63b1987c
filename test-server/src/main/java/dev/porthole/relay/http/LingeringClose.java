package dev.porthole.relay.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection whose visitor may still be sending: says EOF, then throws away what comes
 * until the visitor's EOF. Closing at once would reset the connection, and the visitor could lose
 * the answer (RFC 9112 section 9.6).
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
  private static final int LIMIT_SECONDS = 2;

  /** Ends the connection when all that was written is flushed. */
  static void afterFlush(DuplexChannel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> begin(channel));
  }

  private static void begin(DuplexChannel channel) {
    if (!channel.isActive() || channel.isInputShutdown()) {
      channel.close();
      return;
    }
    channel.pipeline().addFirst(new LingeringClose());
    channel.shutdownOutput();
    channel.config().setAutoRead(true);
    channel.eventLoop().schedule(() -> channel.close(), LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
