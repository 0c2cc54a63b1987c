package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What the peer sends into a channel: delivered when the channel is being read, kept otherwise.
 * What is kept is bounded by the window, which is given back as bytes are delivered, late and in
 * few steps. Channels that move much get a larger window, as far as the budget goes. Confined to
 * the loop.
 */
final class Inbound {
  /** Largest packet we take, in bytes; the usual figure (RFC 4253 section 6.1 demands 32 768). */
  static final int MAX_PACKET = 32 * 1024;

  /** Window of every channel, in bytes, whatever the budget says. */
  static final int LEAST_WINDOW = MAX_PACKET;

  private static final int INITIAL_WINDOW = 256 * 1024;

  /** Largest window in bytes, OpenSSH's figure (64 packets of 32 KiB). */
  private static final int LARGEST_WINDOW = 2 * 1024 * 1024;

  /**
   * A channel that needs less time for a quarter of its window gets twice the window: so a window
   * is worth a second of the channel's traffic, more than the longest way round the earth takes.
   */
  private static final long FAST_QUARTER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Smaller packets share a buffer while they are kept: a byte must not cost a buffer. */
  private static final int SMALL = 4 * 1024;

  private final SshChannel owner;
  private final Deque<ByteBuf> kept = new ArrayDeque<>(4);
  private final WindowBudget budget;
  private int size;
  private int window;
  private long givenBackNanos = System.nanoTime();
  private int delivered;
  private boolean readPending;
  private boolean deliveryScheduled;
  private boolean inBatch;
  private boolean eof;
  private boolean eofDelivered;
  private boolean shutdown;
  private boolean peerClosed;

  /**
   * For one channel.
   *
   * @param initial what {@link #initialWindow} said and the peer was told
   */
  Inbound(SshChannel owner, WindowBudget budget, int initial) {
    this.owner = owner;
    this.budget = budget;
    this.size = initial;
    this.window = initial;
  }

  /** The window of a new channel, in bytes; what is above the least is lent. */
  static int initialWindow(WindowBudget budget) {
    return budget.lend(INITIAL_WINDOW - LEAST_WINDOW) ? INITIAL_WINDOW : LEAST_WINDOW;
  }

  /** Takes back what a channel with such a window was lent. */
  static void takeBack(WindowBudget budget, int size) {
    budget.takeBack(size - LEAST_WINDOW);
  }

  /** Whether the peer may send so many bytes now. */
  boolean mayReceive(int length) {
    return length <= MAX_PACKET && length <= window && !eof;
  }

  /** Takes bytes over; returns true if this is the channel's first delivery of the batch. */
  boolean data(ByteBuf bytes) {
    window -= bytes.readableBytes();
    if (shutdown || !owner.isActive()) {
      discard(bytes);
    } else if (readPending && kept.isEmpty()) {
      deliver(bytes);
      boolean first = !inBatch;
      inBatch = true;
      return first;
    } else {
      keep(bytes);
    }
    return false;
  }

  private void keep(ByteBuf bytes) {
    int length = bytes.readableBytes();
    ByteBuf last = kept.peekLast();
    if (last != null && last.writableBytes() >= length) {
      last.writeBytes(bytes);
      bytes.release();
    } else if (length < SMALL) {
      kept.add(owner.alloc().ioBuffer(SMALL).writeBytes(bytes));
      bytes.release();
    } else {
      kept.add(bytes);
    }
  }

  /** Extended data goes past the queue: it is text for people, and rare. */
  void extendedData(ByteBuf bytes, boolean standardError) {
    window -= bytes.readableBytes();
    if (standardError && owner.isActive()) {
      owner.pipeline().fireUserEventTriggered(new StandardError(bytes));
    }
    discard(bytes);
  }

  void eof() {
    eof = true;
    tellEnd();
  }

  void peerClosed() {
    peerClosed = true;
    tellEnd();
  }

  void beginRead() {
    readPending = true;
    if (!kept.isEmpty() && !deliveryScheduled) {
      deliveryScheduled = true;
      owner.eventLoop().execute(this::deliverKept);
    }
  }

  void stopReading() {
    readPending = false;
  }

  /** The packets of one read are all handled: what one socket read is to a socket channel. */
  void batchEnd() {
    inBatch = false;
    readPending = false;
    if (owner.isActive()) {
      owner.pipeline().fireChannelReadComplete();
    }
  }

  boolean isShutdown() {
    return shutdown;
  }

  /** Nobody reads any more: what comes is dropped, and the window kept open. */
  void shutdown() {
    shutdown = true;
    while (!kept.isEmpty()) {
      discard(kept.remove());
    }
    takeBack(budget, size);
    size = LEAST_WINDOW;
  }

  private void deliverKept() {
    deliveryScheduled = false;
    boolean any = false;
    while (readPending && owner.isActive() && !kept.isEmpty()) {
      deliver(kept.remove());
      any = true;
    }
    if (any) {
      batchEnd();
    }
    tellEnd();
  }

  private void deliver(ByteBuf bytes) {
    int length = bytes.readableBytes();
    owner.pipeline().fireChannelRead(bytes);
    giveBack(length);
  }

  private void discard(ByteBuf bytes) {
    int length = bytes.readableBytes();
    bytes.release();
    giveBack(length);
  }

  private void giveBack(int length) {
    delivered += length;
    if (delivered >= size / 4 && !eof) {
      int back = delivered + growth();
      owner.outbound().windowAdjust(back);
      window += back;
      delivered = 0;
    }
  }

  private int growth() {
    long before = givenBackNanos;
    givenBackNanos = System.nanoTime();
    boolean fast = givenBackNanos - before < FAST_QUARTER_NANOS;
    if (!fast || shutdown || size >= LARGEST_WINDOW || !budget.lend(size)) {
      return 0;
    }
    int more = size;
    size += more;
    return more;
  }

  /** The end is told after the last byte, however slowly that is read. */
  private void tellEnd() {
    if (!owner.isActive() || !kept.isEmpty()) {
      return;
    }
    if (eof && !eofDelivered) {
      eofDelivered = true;
      shutdown = true;
      owner.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
    if (peerClosed && owner.isActive()) {
      owner.closeByPeer(!eof);
    }
  }
}
