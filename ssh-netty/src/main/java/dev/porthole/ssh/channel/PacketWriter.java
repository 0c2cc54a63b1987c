package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every packet of the connection protocol that leaves goes through here (RFC 4254). No call blocks:
 * loop threads are "internal" to MINA, which then queues packets during a key exchange. The first
 * data packet that gets queued holds back the rest until the exchange is over, so that queue stays
 * short. Confined to the loop.
 */
final class PacketWriter {
  private static final Logger LOGGER = LoggerFactory.getLogger(PacketWriter.class);

  /** Message byte, recipient and length in front of channel data (RFC 4254 section 5.2). */
  private static final int DATA_OVERHEAD = 1 + 4 + 4;

  private final Session session;
  private final EventLoop loop;
  private final Runnable onReleased;
  private boolean heldByKeyExchange;

  /**
   * A writer for one session.
   *
   * @param onReleased runs on the loop when data may flow again after a key exchange
   */
  PacketWriter(Session session, EventLoop loop, Runnable onReleased) {
    this.session = session;
    this.loop = loop;
    this.onReleased = onReleased;
  }

  boolean isHeld() {
    return heldByKeyExchange;
  }

  void open(String type, int sender, int window, Consumer<Buffer> rest) {
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN);
    packet.putString(type);
    packet.putUInt(sender);
    packet.putUInt(window);
    packet.putUInt(Inbound.MAX_PACKET);
    rest.accept(packet);
    send(packet);
  }

  void openConfirmation(int recipient, int sender, int window) {
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION);
    packet.putUInt(unsigned(recipient));
    packet.putUInt(sender);
    packet.putUInt(window);
    packet.putUInt(Inbound.MAX_PACKET);
    send(packet);
  }

  void openFailure(int recipient, OpenFailure reason, String message) {
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE);
    packet.putUInt(unsigned(recipient));
    packet.putUInt(reason.code());
    packet.putString(message);
    packet.putString("");
    send(packet);
  }

  /**
   * Moves up to {@code limit} bytes from the buffer into one packet; returns how many it took. The
   * packet is on its way before the writers of the bytes are told: they may close the channel.
   */
  int data(int recipient, ChannelOutboundBuffer from, int limit) {
    int length = (int) Math.min(limit, from.totalPendingWriteBytes());
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_DATA, length + DATA_OVERHEAD);
    packet.putUInt(unsigned(recipient));
    int lengthAt = packet.wpos();
    packet.putUInt(0);
    int taken = copy(from, packet, length);
    int end = packet.wpos();
    packet.wpos(lengthAt);
    packet.putUInt(taken);
    packet.wpos(end);
    send(packet);
    from.removeBytes(taken);
    return taken;
  }

  private static int copy(ChannelOutboundBuffer from, Buffer packet, int limit) {
    int begin = packet.wpos();
    try {
      from.forEachFlushedMessage(
          message -> {
            ByteBuf bytes = (ByteBuf) message;
            int room = limit - (packet.wpos() - begin);
            int n = Math.min(room, bytes.readableBytes());
            bytes.getBytes(bytes.readerIndex(), packet.array(), packet.wpos(), n);
            packet.wpos(packet.wpos() + n);
            return n < room;
          });
    } catch (Exception e) {
      throw new IllegalStateException("copying bytes throws nothing checked", e);
    }
    return packet.wpos() - begin;
  }

  void windowAdjust(int recipient, int bytes) {
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST, 9);
    packet.putUInt(unsigned(recipient));
    packet.putUInt(bytes);
    send(packet);
  }

  void eof(int recipient) {
    sendToChannel(SshConstants.SSH_MSG_CHANNEL_EOF, recipient);
  }

  void close(int recipient) {
    sendToChannel(SshConstants.SSH_MSG_CHANNEL_CLOSE, recipient);
  }

  void requestReply(int recipient, boolean success) {
    sendToChannel(
        success ? SshConstants.SSH_MSG_CHANNEL_SUCCESS : SshConstants.SSH_MSG_CHANNEL_FAILURE,
        recipient);
  }

  void request(int recipient, String type, boolean wantReply, byte[] payload) {
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    packet.putUInt(unsigned(recipient));
    packet.putString(type);
    packet.putBoolean(wantReply);
    packet.putRawBytes(payload);
    send(packet);
  }

  private void sendToChannel(byte command, int recipient) {
    Buffer packet = session.createBuffer(command, 5);
    packet.putUInt(unsigned(recipient));
    send(packet);
  }

  private void send(Buffer packet) {
    try {
      IoWriteFuture written = session.writePacket(packet);
      if (!written.isDone() && !heldByKeyExchange) {
        heldByKeyExchange = true;
        written.addListener(done -> loop.execute(this::release));
      }
    } catch (IOException e) {
      // The connection is going down; every channel is told by its end.
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("packet not sent");
    }
  }

  private void release() {
    heldByKeyExchange = false;
    onReleased.run();
  }

  private static long unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }
}
