package dev.porthole.tunnel.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts the bytes of a session into lines. Colours and cursor movements are dropped, since relays
 * put them around addresses; what else is not printable stays for the escaper. Lines are cut at 8
 * KiB. Confined to one thread.
 */
public final class SessionLines {
  private static final int MAX_LINE = 8 * 1024;

  /** ECMA-48 control sequences, and operating system commands up to their end. */
  private static final Pattern TERMINAL =
      Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]|\u001b][^\u0007\u001b]*(?:\u0007|\u001b\\\\)");

  private final ByteBuffer line = ByteBuffer.allocate(MAX_LINE);

  /** The lines that these bytes complete; the rest waits for more. Empty lines are left out. */
  public List<String> add(ByteBuffer bytes) {
    List<String> lines = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n' || next == '\r' || !line.hasRemaining()) {
        finish(lines);
      }
      if (next != '\n' && next != '\r') {
        line.put(next);
      }
    }
    return lines;
  }

  private void finish(List<String> lines) {
    line.flip();
    String text = StandardCharsets.UTF_8.decode(line).toString();
    line.clear();
    String plain = TERMINAL.matcher(text).replaceAll("").strip();
    if (!plain.isEmpty()) {
      lines.add(plain);
    }
  }
}
