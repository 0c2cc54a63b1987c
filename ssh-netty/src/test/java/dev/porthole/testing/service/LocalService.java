package dev.porthole.testing.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP server with one thread per connection. {@link #close} stops listening and closes every
 * connection, which ends the threads.
 */
public final class LocalService implements AutoCloseable {
  private static final int BACKLOG = 4_096;
  private static final int STACK_BYTES = 128 * 1024;

  private final ServerSocket listener;
  private final Talk talk;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private LocalService(ServerSocket listener, Talk talk) {
    this.listener = listener;
    this.talk = talk;
  }

  /** What is done with one connection; the socket is closed afterwards. */
  @FunctionalInterface
  public interface Talk {

    /** Runs on the connection's own thread. */
    void with(Socket socket) throws IOException;
  }

  /** Listens on a free port of 127.0.0.1. */
  public static LocalService start(Talk talk) {
    return start("127.0.0.1", 0, talk);
  }

  /** Listens on an address of this machine. */
  public static LocalService start(String host, int port, Talk talk) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
      LocalService service = new LocalService(listener, talk);
      service.spawn(service::acceptAll, "accept");
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Connections so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Connections open now. */
  public int open() {
    return open.size();
  }

  /** What went wrong in connections that were not closed by {@link #close}. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    quietly(listener);
    open.forEach(LocalService::quietly);
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        accepted.incrementAndGet();
        open.add(socket);
        spawn(() -> serve(socket), Integer.toString(accepted.get()));
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      talk.with(socket);
    } catch (IOException | RuntimeException | AssertionError e) {
      fail(e);
    } finally {
      open.remove(socket);
    }
  }

  private void fail(Throwable cause) {
    if (!listener.isClosed()) {
      failures.add(cause);
    }
  }

  private void spawn(Runnable work, String name) {
    Thread thread = new Thread(null, work, "service-" + port() + "-" + name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // AutoCloseable may throw anything; what is being thrown away cannot be repaired.
      throw new IllegalStateException(e);
    }
  }
}
