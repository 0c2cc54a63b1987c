package dev.porthole.ssh.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The first bytes a peer sent, kept to tell what it speaks when that is not SSH. */
public final class OpeningBytes {
  private static final int KEPT = 64;

  // Written on the loop only, before the fact is told that they explain.
  private final byte[] bytes = new byte[KEPT];
  private volatile int length;

  void record(ByteBuf read) {
    int already = length;
    if (already < KEPT) {
      int more = Math.min(KEPT - already, read.readableBytes());
      read.getBytes(read.readerIndex(), bytes, already, more);
      length = already + more;
    }
  }

  /** Nothing came at all. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Whether they begin an SSH identification string (RFC 4253 section 4.2). */
  public boolean isSsh() {
    return text().startsWith("SSH-");
  }

  /** A short guess at what answered, in words for a message. */
  public String looksLike() {
    if (isEmpty()) {
      return "it said nothing";
    }
    if (text().startsWith("HTTP/") || text().startsWith("<")) {
      return "it looks like HTTP (a web server, a captive portal, or a proxy)";
    }
    if (isTlsRecord()) {
      return "it looks like TLS";
    }
    return "it is no SSH server";
  }

  /** TLS records begin with a content type 20 to 23 and version 3.x (RFC 8446 section 5.1). */
  private boolean isTlsRecord() {
    return length >= 3 && bytes[0] >= 20 && bytes[0] <= 23 && bytes[1] == 3;
  }

  private String text() {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
