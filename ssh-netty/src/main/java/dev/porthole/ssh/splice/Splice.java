package dev.porthole.ssh.splice;

import dev.porthole.ssh.channel.SshChannel;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/**
 * One side of a splice: what this channel reads is written to the other, byte for byte; its EOF
 * becomes the other's EOF, its reset the other's reset. Takes more only while the other is
 * writable. Both channels live on one loop.
 */
public final class Splice extends ChannelInboundHandlerAdapter {
  private static final String NAME = "splice";

  private final DuplexChannel other;
  private boolean eof;
  private boolean ended;

  private Splice(DuplexChannel other) {
    this.other = other;
  }

  /**
   * Joins two channels; bytes flow from now on. If one of them is gone already, the other is reset.
   * Must be called on their loop.
   */
  public static void join(DuplexChannel one, DuplexChannel two) {
    Splice first = start(one, two);
    Splice second = start(two, one);
    letFlow(one, first);
    letFlow(two, second);
  }

  private static Splice start(DuplexChannel from, DuplexChannel to) {
    Splice splice = new Splice(to);
    from.pipeline().addLast(NAME, splice);
    return splice;
  }

  private static void letFlow(DuplexChannel from, Splice splice) {
    if (!from.isActive()) {
      splice.end(true);
      return;
    }
    if (from.pipeline().get(EarlyBytes.class) != null) {
      from.pipeline().remove(EarlyBytes.class);
    }
    from.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    other.write(message, other.voidPromise());
    if (!other.isWritable()) {
      other.flush();
      ctx.channel().config().setAutoRead(other.isWritable());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    other.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    other.config().setAutoRead(ctx.channel().isWritable());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !eof && !ended) {
      eof = true;
      // Behind the last byte: a socket forgets what it has not sent when its output is shut down.
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> passEof(ctx));
    }
  }

  private void passEof(ChannelHandlerContext ctx) {
    other.shutdownOutput();
    if (((DuplexChannel) ctx.channel()).isOutputShutdown()) {
      ctx.close();
      other.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean clean = ctx.channel() instanceof SshChannel ssh ? !ssh.isReset() : eof;
    end(!clean);
  }

  /** A socket that fails was reset by its peer, or its peer is gone: there is no other way. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end(true);
    ctx.close();
  }

  private void end(boolean reset) {
    if (ended || !other.isActive()) {
      return;
    }
    ended = true;
    if (!reset) {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> other.close());
    } else if (other instanceof SshChannel ssh) {
      ssh.reset();
    } else {
      other.config().setOption(ChannelOption.SO_LINGER, 0);
      other.close();
    }
  }
}
