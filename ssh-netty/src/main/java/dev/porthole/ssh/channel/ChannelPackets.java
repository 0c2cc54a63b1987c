package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the packets about channels (RFC 4254 sections 5 and 5.2 to 5.4) and tells the table. A
 * packet for a channel that is unknown is ignored: it may have crossed our CLOSE.
 */
final class ChannelPackets {
  private static final Logger LOGGER = LoggerFactory.getLogger(ChannelPackets.class);

  /** SSH_EXTENDED_DATA_STDERR. */
  private static final int STDERR = 1;

  private ChannelPackets() {}

  static boolean dispatch(ChannelTable table, int command, Buffer packet)
      throws ProtocolErrorException {
    switch (command) {
      case SshConstants.SSH_MSG_CHANNEL_OPEN -> open(table, packet);
      case SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION -> confirmation(table, packet);
      case SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE -> failure(table, packet);
      default -> {
        return known(table, command, packet);
      }
    }
    return true;
  }

  private static boolean known(ChannelTable table, int command, Buffer packet)
      throws ProtocolErrorException {
    if (command < SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST
        || command > SshConstants.SSH_MSG_CHANNEL_FAILURE) {
      return false;
    }
    int recipient = packet.getInt();
    SshChannel channel = table.find(recipient);
    if (channel == null) {
      LOGGER.atDebug().addKeyValue("channel", recipient).log("packet for an unknown channel");
    } else {
      toChannel(table, channel, command, packet);
    }
    return true;
  }

  private static void toChannel(ChannelTable table, SshChannel channel, int command, Buffer packet)
      throws ProtocolErrorException {
    switch (command) {
      case SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST -> channel.onWindowAdjust(packet.getUInt());
      case SshConstants.SSH_MSG_CHANNEL_DATA -> data(table, channel, packet);
      case SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA -> extendedData(channel, packet);
      case SshConstants.SSH_MSG_CHANNEL_EOF -> channel.inbound().eof();
      case SshConstants.SSH_MSG_CHANNEL_CLOSE -> channel.onPeerClose();
      case SshConstants.SSH_MSG_CHANNEL_REQUEST -> request(channel, packet);
      default -> channel.onRequestReply(command == SshConstants.SSH_MSG_CHANNEL_SUCCESS);
    }
  }

  private static void open(ChannelTable table, Buffer packet) throws ProtocolErrorException {
    String type = packet.getString();
    int sender = packet.getInt();
    long window = packet.getUInt();
    long maxPacket = packetSize(packet);
    table.peerOpens(type, new PeerOpen(table, type, sender, window, maxPacket), packet);
  }

  private static long packetSize(Buffer packet) throws ProtocolErrorException {
    long maxPacket = packet.getUInt();
    if (maxPacket == 0) {
      throw new ProtocolErrorException("a channel's maximum packet size of 0");
    }
    return maxPacket;
  }

  private static void confirmation(ChannelTable table, Buffer packet)
      throws ProtocolErrorException {
    int id = packet.getInt();
    int recipient = packet.getInt();
    long window = packet.getUInt();
    long maxPacket = packetSize(packet);
    OwnOpen own = table.answered(id);
    if (own != null) {
      table.opened(id, own, new Outbound(table.packets(), recipient, window, maxPacket));
    }
  }

  private static void failure(ChannelTable table, Buffer packet) {
    OwnOpen own = table.answered(packet.getInt());
    if (own != null) {
      OpenFailure reason = OpenFailure.of(packet.getUInt());
      own.refused(
          table.budget(),
          new ChannelRefusedException(reason, "the other side refused it: " + reason, null));
    }
  }

  private static void data(ChannelTable table, SshChannel channel, Buffer packet)
      throws ProtocolErrorException {
    if (channel.inbound().data(bytes(channel, packet))) {
      table.readInThisBatch(channel);
    }
  }

  private static void extendedData(SshChannel channel, Buffer packet)
      throws ProtocolErrorException {
    boolean standardError = packet.getInt() == STDERR;
    channel.inbound().extendedData(bytes(channel, packet), standardError);
  }

  /** The one copy in: MINA reuses its buffer for the next packet. */
  private static ByteBuf bytes(SshChannel channel, Buffer packet) throws ProtocolErrorException {
    int length = packet.getInt();
    if (length < 0 || length > packet.available() || !channel.inbound().mayReceive(length)) {
      throw new ProtocolErrorException("channel data beyond packet, window, or EOF: " + length);
    }
    ByteBuf bytes = channel.alloc().ioBuffer(length);
    bytes.writeBytes(packet.array(), packet.rpos(), length);
    packet.rpos(packet.rpos() + length);
    return bytes;
  }

  private static void request(SshChannel channel, Buffer packet) {
    String type = packet.getString();
    boolean wantReply = packet.getBoolean();
    channel.onRequest(
        type, wantReply, Unpooled.copiedBuffer(packet.array(), packet.rpos(), packet.available()));
  }
}
