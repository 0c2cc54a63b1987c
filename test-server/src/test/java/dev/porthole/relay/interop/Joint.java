package dev.porthole.relay.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Leads a visitor's channel to a local port, both directions, with half-close. */
final class Joint {
  private static final int BLOCK = 32 * 1024;

  private Joint() {}

  /** Connects to the service. */
  static Socket dial(int localPort) throws IOException {
    Socket service = new Socket(InetAddress.getLoopbackAddress(), localPort);
    service.setTcpNoDelay(true);
    return service;
  }

  /** Copies until both directions have ended; the answer may follow the end of the question. */
  static void join(Socket service, InputStream from, OutputStream to, AutoCloseable channel) {
    Thread asking = spawn(() -> ask(from, service), "joint-in-" + service.getLocalPort());
    spawn(
        () -> {
          answer(service, to);
          awaitEnd(asking);
          quietly(service);
          quietly(channel);
        },
        "joint-out-" + service.getLocalPort());
  }

  private static void ask(InputStream from, Socket service) {
    try {
      copy(from, service.getOutputStream());
      service.shutdownOutput();
    } catch (IOException e) {
      quietly(service); // The visitor was cut off, or the service has gone: nothing can follow.
    }
  }

  private static void answer(Socket service, OutputStream to) {
    try (to) {
      copy(service.getInputStream(), to);
    } catch (IOException e) {
      quietly(service); // as above
    }
  }

  /** Flushes each block: libraries keep small ones back. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int n = from.read(block); n >= 0; n = from.read(block)) {
      to.write(block, 0, n);
      to.flush();
    }
  }

  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread spawn(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // AutoCloseable may throw anything; what is being thrown away cannot be repaired.
    }
  }
}
