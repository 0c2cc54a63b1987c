package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What we send into a channel: data as far as window, packet size and transport allow, then EOF,
 * then CLOSE, each at most once (RFC 4254 sections 5.2 and 5.3). Confined to the loop.
 */
final class Outbound {
  private static final long MAX_WINDOW = 0xFFFFFFFFL;

  private final PacketWriter packets;
  private final int recipient;
  private final int maxPacket;
  private long window;
  private volatile boolean eofRequested;
  private boolean eofSent;
  private boolean eofOmitted;
  private boolean closeSent;
  private boolean peerClosed;

  /**
   * Towards one channel of the peer.
   *
   * @param recipient the peer's number of the channel
   * @param window initial window in bytes
   * @param maxPacket largest packet the peer takes, in bytes, at least 1
   */
  Outbound(PacketWriter packets, int recipient, long window, long maxPacket) {
    this.packets = packets;
    this.recipient = recipient;
    this.window = window;
    this.maxPacket = (int) Math.min(maxPacket, Inbound.MAX_PACKET);
  }

  /** RFC 4254 section 5.2: a window never gets larger than 2^32 - 1. */
  void grow(long bytes) throws ProtocolErrorException {
    if (window + bytes > MAX_WINDOW) {
      throw new ProtocolErrorException("channel window above 2^32 - 1");
    }
    window += bytes;
  }

  /** Sends what may be sent; small writes that wait together share a packet. */
  void write(ChannelOutboundBuffer in, ChannelTable table, SshChannel channel) {
    while (in.current() instanceof ByteBuf next) {
      if (!next.isReadable() || closeSent || peerClosed) {
        in.remove();
      } else if (window == 0 || !table.mayWrite(channel)) {
        return;
      } else {
        window -= packets.data(recipient, in, (int) Math.min(window, maxPacket));
      }
    }
    if (eofRequested) {
      sendEof();
    }
  }

  /** EOF once everything flushed before has left. */
  void eofAfter(@Nullable ChannelOutboundBuffer pending) {
    eofRequested = true;
    if (pending == null || pending.isEmpty()) {
      sendEof();
    }
  }

  boolean isEofRequested() {
    return eofRequested;
  }

  /** The channel is to end as a reset: no EOF in front of CLOSE. */
  void omitEof() {
    eofOmitted = true;
  }

  void close() {
    if (!closeSent) {
      if (!eofOmitted) {
        sendEof();
      }
      closeSent = true;
      packets.close(recipient);
    }
  }

  /** The connection is gone, nothing can be sent any more. */
  void connectionLost() {
    closeSent = true;
  }

  void peerClosed() {
    peerClosed = true;
  }

  boolean isDone() {
    return closeSent && peerClosed;
  }

  void windowAdjust(int bytes) {
    if (!closeSent && !peerClosed) {
      packets.windowAdjust(recipient, bytes);
    }
  }

  void request(String type, boolean wantReply, byte[] payload) {
    packets.request(recipient, type, wantReply, payload);
  }

  void requestReply(boolean success) {
    if (!closeSent && !peerClosed) {
      packets.requestReply(recipient, success);
    }
  }

  private void sendEof() {
    if (!eofSent && !closeSent && !peerClosed) {
      eofSent = true;
      packets.eof(recipient);
    }
  }
}
