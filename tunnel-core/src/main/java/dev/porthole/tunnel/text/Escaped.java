package dev.porthole.tunnel.text;

/**
 * The one function that makes text from the network safe for a terminal, a log, or JSON: what is
 * not printable (C0, C1, DEL, bidirectional controls, zero-width and private characters) is shown
 * as an escape.
 */
public final class Escaped {
  /** Longer texts are cut, in code points. */
  public static final int LIMIT = 8 * 1024;

  private Escaped() {}

  /** One line: line feeds are escaped too. */
  public static String line(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().limit(LIMIT).forEach(c -> append(safe, c));
    if (text.codePointCount(0, text.length()) > LIMIT) {
      safe.append("…");
    }
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    if (isPlain(c)) {
      safe.appendCodePoint(c);
    } else if (c == '\t') {
      safe.append(' ');
    } else {
      safe.append(String.format("\\u%04x", c));
    }
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
