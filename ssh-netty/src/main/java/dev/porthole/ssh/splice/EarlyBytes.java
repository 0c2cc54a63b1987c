package dev.porthole.ssh.splice;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps what a socket delivers before it is spliced. With {@code autoRead} off that is nothing,
 * except behind epoll: a peer's FIN makes it read what came before, asked or not. So this is
 * bounded by the socket's buffer. Belongs into the pipeline of every socket that waits for its
 * other end; {@link Splice#join} takes it out. Confined to the loop.
 */
public final class EarlyBytes extends ChannelInboundHandlerAdapter {
  private final Queue<Object> kept = new ArrayDeque<>(2);
  private boolean eof;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    kept.add(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      eof = true;
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    kept.forEach(ReferenceCountUtil::release);
    kept.clear();
    ctx.fireChannelInactive();
  }

  /** A socket that fails before anybody talks with it has nothing to say. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    while (!kept.isEmpty()) {
      ctx.fireChannelRead(kept.remove());
    }
    ctx.fireChannelReadComplete();
    if (eof) {
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }
}
