package dev.porthole.relay.interop;

import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small web site, and who visits it. */
final class Web {
  private Web() {}

  /** Answers each request with its name and the request's head, which ends the connection. */
  static LocalService site(String name) {
    return LocalService.start(
        socket -> {
          String body = name + "\n" + head(socket);
          write(
              socket,
              "HTTP/1.1 200 OK\r\nContent-Length: "
                  + body.length()
                  + "\r\nConnection: close\r\n\r\n"
                  + body);
        });
  }

  /** Visits a URL of the relay at its port of this machine; name servers are not asked. */
  static String get(String url, String... fields) throws IOException {
    return request("GET", url, fields);
  }

  /** Sends a request with more header fields and returns all that comes back. */
  static String request(String method, String url, String... fields) throws IOException {
    URI uri = URI.create(url);
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder text = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n");
    text.append("Host: ").append(uri.getAuthority()).append("\r\n");
    List.of(fields).forEach(field -> text.append(field).append("\r\n"));
    try (Socket visitor = Visitor.connect(uri.getPort())) {
      write(visitor, text + "Connection: close\r\n\r\n");
      return new String(visitor.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = Visitor.readLine(socket); line.length() > 1; ) {
      head.append(line).append('\n');
      line = Visitor.readLine(socket);
    }
    return head.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}
