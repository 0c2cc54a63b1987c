package dev.porthole.relay.http;

import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** HTTP spelled out byte by byte, for both sides of a test. */
final class RawHttp {
  private RawHttp() {}

  /** A service that answers each request head with the same bytes, and keeps what it was asked. */
  static final class Scripted implements AutoCloseable {
    final List<String> heads = new CopyOnWriteArrayList<>();
    private final LocalService service;

    Scripted(String answer) {
      service =
          LocalService.start(
              socket -> {
                for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
                  heads.add(head);
                  write(socket, answer);
                }
              });
    }

    int port() {
      return service.port();
    }

    int connections() {
      return service.accepted();
    }

    @Override
    public void close() {
      service.close();
    }
  }

  /** An answer with a body and its length. */
  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  static String get(String host, String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads up to and with the empty line; empty at the end of the stream. */
  static String head(Socket socket) throws IOException {
    return until(socket, "\r\n\r\n");
  }

  /** Reads up to and with a text; what came, at the end of the stream. */
  static String until(Socket socket, String end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end, Math.max(0, read.length() - end.length())) < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      read.append((char) next);
    }
    return read.toString();
  }

  static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Sends a request and reads until the connection ends. */
  static String once(int port, String request) throws IOException {
    try (Socket visitor = Visitor.connect(port)) {
      write(visitor, request);
      return rest(visitor);
    }
  }
}
