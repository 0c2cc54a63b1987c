package dev.porthole.ssh.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Says why and ends the connection. What the peer sends is read and thrown away until it ends its
 * side: closing on unread bytes would reset the connection and lose the reason.
 */
final class RefusedConnection extends ChannelInboundHandlerAdapter {
  private static final int LIMIT_SECONDS = 2;

  private final ByteBuf reason;

  RefusedConnection(ByteBuf reason) {
    this.reason = reason;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(reason)
        .addListener(written -> ((DuplexChannel) ctx.channel()).shutdownOutput());
    ctx.executor().schedule(() -> ctx.close(), LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
