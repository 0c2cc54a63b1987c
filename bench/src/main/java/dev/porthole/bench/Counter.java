package dev.porthole.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes bytes and tells a waiting thread when as many have come as it wants. */
final class Counter extends ChannelInboundHandlerAdapter {
  private final Semaphore arrived = new Semaphore(0);
  private final long wanted;

  // Confined to the loop.
  private long seen;

  Counter(long wanted) {
    this.wanted = wanted;
  }

  /** Blocks until {@code wanted} more bytes have come. */
  void await() throws InterruptedException {
    if (!arrived.tryAcquire(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the bytes did not come within 30 s");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    seen += bytes.readableBytes();
    bytes.release();
    if (seen >= wanted) {
      seen -= wanted;
      arrived.release();
    }
  }
}
