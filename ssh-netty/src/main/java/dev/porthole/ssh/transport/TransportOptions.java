package dev.porthole.ssh.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/** Socket options of every SSH connection, at both ends. */
public final class TransportOptions {
  /**
   * One SSH packet is at most 32 KiB here; larger reads cost MINA's decoder more than they save.
   */
  private static final int READ_BYTES = 32 * 1024;

  /**
   * What may wait in our own buffer before channels are told to stop: enough for a full batch of
   * packets, little enough that a small packet does not wait long behind a bulk transfer.
   */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private TransportOptions() {}

  /** For outgoing connections. */
  public static Bootstrap apply(Bootstrap bootstrap) {
    return bootstrap
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, reads())
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
  }

  /** For incoming connections. */
  static void apply(ServerBootstrap bootstrap) {
    bootstrap
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
  }

  private static RecvByteBufAllocator reads() {
    return new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(4);
  }
}
