package dev.porthole.ssh.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.common.SshConstants;

/**
 * A refusal in SSH's own words, for a connection on which no key was exchanged: identification,
 * then SSH_MSG_DISCONNECT in the clear (RFC 4253 sections 4.2, 6 and 11.1).
 */
final class PlainDisconnect {
  /** Packets without a cipher are padded to 8 bytes, with at least 4 of padding. */
  private static final int BLOCK = 8;

  private static final int LEAST_PADDING = 4;

  private PlainDisconnect() {}

  static ByteBuf tooManyConnections(String identification, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    int payload = 1 + 4 + 4 + text.length + 4;
    int padding = BLOCK - (4 + 1 + payload) % BLOCK;
    padding += padding < LEAST_PADDING ? BLOCK : 0;
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeCharSequence("SSH-2.0-" + identification + "\r\n", StandardCharsets.US_ASCII);
    bytes.writeInt(1 + payload + padding).writeByte(padding);
    bytes.writeByte(SshConstants.SSH_MSG_DISCONNECT);
    bytes.writeInt(SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS);
    bytes.writeInt(text.length).writeBytes(text).writeInt(0);
    return bytes.writeZero(padding);
  }
}
