package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the peer sends into a channel: delivered when the channel is being read, kept otherwise.
 * What is kept is bounded by the window, which is given back as bytes are delivered, late and in
 * few steps. Confined to the loop.
 */
final class Inbound {
  /** Initial window in bytes, OpenSSH's figure (64 packets of 32 KiB). */
  static final int WINDOW = 2 * 1024 * 1024;

  /** Largest packet we take, in bytes; the usual figure (RFC 4253 section 6.1 demands 32 768). */
  static final int MAX_PACKET = 32 * 1024;

  private static final int GIVE_BACK_AT = WINDOW / 4;

  private final SshChannel owner;
  private final Queue<ByteBuf> kept = new ArrayDeque<>(4);
  private int window = WINDOW;
  private int delivered;
  private boolean readPending;
  private boolean deliveryScheduled;
  private boolean inBatch;
  private boolean eof;
  private boolean eofDelivered;
  private boolean shutdown;
  private boolean peerClosed;

  Inbound(SshChannel owner) {
    this.owner = owner;
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
      kept.add(bytes);
    }
    return false;
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
    if (delivered >= GIVE_BACK_AT && !eof) {
      owner.outbound().windowAdjust(delivered);
      window += delivered;
      delivered = 0;
    }
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
