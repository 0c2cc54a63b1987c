package dev.porthole.client.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small web site on loopback: a page, a greeting, an echo. */
final class SampleSite implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "porthole-site");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger greetings = new AtomicInteger();

  private SampleSite(HttpServer server) {
    this.server = server;
  }

  static SampleSite start() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    SampleSite site = new SampleSite(server);
    byte[] page = page();
    server.createContext("/", exchange -> answer(exchange, "text/html; charset=utf-8", page));
    server.createContext("/hello", site::hello);
    server.createContext(
        "/echo",
        exchange ->
            answer(exchange, "application/octet-stream", exchange.getRequestBody().readAllBytes()));
    server.setExecutor(site.threads);
    server.start();
    return site;
  }

  /** The bytes a visitor of the page has to get. */
  static byte[] page() throws IOException {
    try (InputStream page = SampleSite.class.getResourceAsStream("index.html")) {
      if (page == null) {
        throw new IOException("the sample page is not in the program");
      }
      return page.readAllBytes();
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void hello(HttpExchange exchange) throws IOException {
    String text = "Visit " + greetings.incrementAndGet() + " since the site started.";
    answer(exchange, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
