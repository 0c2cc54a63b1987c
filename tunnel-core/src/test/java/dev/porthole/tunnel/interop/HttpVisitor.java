package dev.porthole.tunnel.interop;

import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A visitor who speaks HTTP/1.1 by hand, one piece at a time: no library repairs, merges or holds
 * back anything. Not thread-safe.
 */
final class HttpVisitor implements AutoCloseable {
  private final PublicPlace place;
  private final Socket socket;

  /**
   * The head of a response; names are in lower case.
   *
   * @param status such as 200
   */
  record Head(int status, Map<String, String> fields) {

    /** A field's value, or the empty text. */
    String field(String name) {
      return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private HttpVisitor(PublicPlace place, Socket socket) {
    this.place = place;
    this.socket = socket;
  }

  /** Connects. */
  static HttpVisitor to(PublicPlace place) throws IOException {
    return new HttpVisitor(place, place.connect());
  }

  /** A whole visit: GET, 200, and the body. */
  static String get(PublicPlace place, String path) throws IOException {
    try (HttpVisitor visitor = to(place)) {
      visitor.request("GET " + path, "Connection: close");
      Head head = visitor.head();
      if (head.status() != 200) {
        throw new AssertionError(path + ": " + head);
      }
      return visitor.body(head);
    }
  }

  /** A whole visit: POST without a body. */
  static void poke(PublicPlace place, String path) throws IOException {
    try (HttpVisitor visitor = to(place)) {
      visitor.request("POST " + path, "Content-Length: 0");
      Head head = visitor.head();
      if (head.status() != 200) {
        throw new AssertionError(path + ": " + head);
      }
    }
  }

  /** Sends the head of a request. */
  void request(String methodAndPath, String... fields) throws IOException {
    StringBuilder head = new StringBuilder(methodAndPath + " HTTP/1.1\r\n");
    head.append("Host: ").append(place.authority()).append("\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    send(head + "\r\n");
  }

  /** Sends a text as it is. */
  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a chunk; the empty one ends the body. */
  void sendChunk(String text) throws IOException {
    send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  /** Reads the head of a response. */
  Head head() throws IOException {
    String[] status = line().split(" ", 3);
    if (status.length < 2) {
      throw new AssertionError("no status line: " + String.join(" ", status));
    }
    return new Head(Integer.parseInt(status[1]), fields());
  }

  /** Reads fields to the empty line: the rest of a head, or trailers. */
  Map<String, String> fields() throws IOException {
    Map<String, String> fields = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] field = line.split(":", 2);
      fields.put(field[0].toLowerCase(Locale.ROOT), field[1].strip());
    }
    return fields;
  }

  /** Reads a body to its end, which the head tells; trailers are not read. */
  String body(Head head) throws IOException {
    if (head.field("transfer-encoding").equals("chunked")) {
      StringBuilder all = new StringBuilder();
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        all.append(chunk);
      }
      return all.toString();
    }
    if (head.field("content-length").isEmpty()) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
    return text(Integer.parseInt(head.field("content-length")));
  }

  /** Reads a chunk; empty: the last. */
  String chunk() throws IOException {
    int length = Integer.parseInt(line().split(";", 2)[0], 16);
    if (length == 0) {
      return "";
    }
    String data = text(length);
    if (!line().isEmpty()) {
      throw new AssertionError("a chunk that is longer than it says");
    }
    return data;
  }

  private String text(int length) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new AssertionError("ended after " + bytes.length + " of " + length + " bytes");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    String line = Visitor.readLine(socket);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
