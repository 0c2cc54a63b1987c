package dev.porthole.testing.service;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Small TCP services, each with one trait that tunnels get wrong. */
public final class Services {
  private static final int BLOCK = 16 * 1024;

  private Services() {}

  /** Sends every byte back, and the end of input as an end of output. */
  public static LocalService echo() {
    return LocalService.start(Services::echo);
  }

  /** As {@link #echo()}, on another address of this machine. */
  public static LocalService echo(String host) {
    return LocalService.start(host, 0, Services::echo);
  }

  /** Speaks first, as mail and database servers do; then echoes. */
  public static LocalService greeter(String greeting) {
    return LocalService.start(
        socket -> {
          socket.getOutputStream().write(greeting.getBytes(StandardCharsets.UTF_8));
          echo(socket);
        });
  }

  /**
   * Says nothing until the visitor's input ended; then sends the sum of it, a line feed, and so
   * many bytes of {@link ByteFlow#send} with seed 1.
   */
  public static LocalService answersAfterEnd(long answerBytes) {
    return LocalService.start(
        socket -> {
          ByteFlow.Sum sum = ByteFlow.receive(socket.getInputStream());
          OutputStream out = socket.getOutputStream();
          out.write((sum + "\n").getBytes(StandardCharsets.US_ASCII));
          ByteFlow.send(out, answerBytes, 1);
          socket.shutdownOutput();
        });
  }

  /**
   * Reads a length and a seed (8 bytes each, big-endian), sends that many bytes of {@link
   * ByteFlow#send}, and ends its output.
   */
  public static LocalService source() {
    return LocalService.start(
        socket -> {
          DataInputStream in = new DataInputStream(socket.getInputStream());
          long length = in.readLong();
          long seed = in.readLong();
          ByteFlow.send(socket.getOutputStream(), length, seed);
          socket.shutdownOutput();
          ByteFlow.receive(in);
        });
  }

  /** The request {@link #source} understands. */
  public static void askSource(OutputStream to, long length, long seed) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeLong(length);
    out.writeLong(seed);
    out.flush();
  }

  /** Reads one byte, sends {@code partial}, and resets the connection. */
  public static LocalService resets(String partial) {
    return LocalService.start(
        socket -> {
          if (socket.getInputStream().read() >= 0) {
            socket.getOutputStream().write(partial.getBytes(StandardCharsets.UTF_8));
          }
          socket.setSoLinger(true, 0);
        });
  }

  /** Accepts, reads everything, never answers; ends when the visitor is gone. */
  public static LocalService silent() {
    return LocalService.start(socket -> ByteFlow.receive(socket.getInputStream()));
  }

  private static void echo(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    byte[] block = new byte[BLOCK];
    int n = in.read(block);
    while (n >= 0) {
      out.write(block, 0, n);
      n = in.read(block);
    }
    socket.shutdownOutput();
  }
}
