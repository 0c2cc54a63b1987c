package dev.porthole.ssh.transport;

import io.netty.buffer.ByteBuf;
import org.apache.sshd.common.util.Readable;

/** A Netty buffer as MINA reads it. */
final class ReadableByteBuf implements Readable {
  private final ByteBuf bytes;

  ReadableByteBuf(ByteBuf bytes) {
    this.bytes = bytes;
  }

  @Override
  public int available() {
    return bytes.readableBytes();
  }

  @Override
  public void getRawBytes(byte[] data, int offset, int len) {
    bytes.readBytes(data, offset, len);
  }
}
