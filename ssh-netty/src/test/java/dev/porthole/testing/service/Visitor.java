package dev.porthole.testing.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody who comes to the public port. */
public final class Visitor {
  private static final int LIMIT_MILLIS = (int) Duration.ofSeconds(60).toMillis();

  private Visitor() {}

  /** How a connection ended, seen from here. */
  public enum End {
    /** An orderly end of stream. */
    END,
    /** Connection reset. */
    RESET
  }

  /** Connects to a port of 127.0.0.1. Reads give up after a minute. */
  public static Socket connect(int port) throws IOException {
    return connect("127.0.0.1", port);
  }

  /** Connects. Reads give up after a minute. */
  public static Socket connect(String host, int port) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
    return socket;
  }

  /** Sends a text, ends the output, and returns all that comes back. */
  public static String exchange(int port, String text) {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes to {@code Services.answersAfterEnd} and returns what it says it got. */
  public static String upload(int port, long bytes, long seed) throws IOException {
    try (Socket socket = connect(port)) {
      ByteFlow.send(socket.getOutputStream(), bytes, seed);
      socket.shutdownOutput();
      return readLine(socket);
    }
  }

  /** Lets {@code Services.source} send bytes and returns what arrived. */
  public static ByteFlow.Sum download(int port, long bytes, long seed) throws IOException {
    try (Socket socket = connect(port)) {
      Services.askSource(socket.getOutputStream(), bytes, seed);
      return ByteFlow.receive(socket.getInputStream());
    }
  }

  /** Reads a line, byte by byte, so that nothing after it is consumed. */
  public static String readLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = socket.getInputStream().read();
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** Reads until the connection ends, and tells how. */
  public static End awaitEnd(Socket socket) throws IOException {
    try {
      ByteFlow.receive(socket.getInputStream());
      return End.END;
    } catch (SocketException e) {
      return End.RESET;
    }
  }
}
