package dev.porthole.relay.http;

import static dev.porthole.relay.http.RawHttp.get;
import static dev.porthole.relay.http.RawHttp.head;
import static dev.porthole.relay.http.RawHttp.ok;
import static dev.porthole.relay.http.RawHttp.once;
import static dev.porthole.relay.http.RawHttp.rest;
import static dev.porthole.relay.http.RawHttp.until;
import static dev.porthole.relay.http.RawHttp.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.http.RawHttp.Scripted;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Visitor;
import dev.porthole.testing.service.Visitor.End;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to a request and its response on the way. */
class ExchangesIT extends HttpStage {
  private static final String HOST = "shop.localhost";

  private Socket visit(int localPort) throws Exception {
    client.forward("shop", 0, localPort);
    return Visitor.connect(relay.httpPort());
  }

  @Test
  void absentServiceIsABadGatewayAndTheTunnelStays() throws Exception {
    client.forward("shop", 0, FreePort.next());
    assertThat(once(relay.httpPort(), get(HOST, "/"))).startsWith("HTTP/1.1 502 ");
    try (Scripted other = new Scripted(ok("other"))) {
      client.forward("other", 0, other.port());
      try (Socket visitor = Visitor.connect(relay.httpPort())) {
        write(visitor, get("other.localhost", "/"));
        assertThat(until(visitor, "other")).contains("200 OK");
      }
    }
  }

  @Test
  void serviceThatAnswersNothingOrNoHttpIsABadGateway() throws Exception {
    try (LocalService silent = LocalService.start(socket -> head(socket));
        Scripted strange = new Scripted("what do you want?\r\n\r\n")) {
      client.forward("silent", 0, silent.port());
      client.forward("strange", 0, strange.port());
      assertThat(once(relay.httpPort(), get("silent.localhost", "/")))
          .startsWith("HTTP/1.1 502 ")
          .contains("without an answer");
      assertThat(once(relay.httpPort(), get("strange.localhost", "/")))
          .startsWith("HTTP/1.1 502 ")
          .contains("not answer in HTTP");
    }
  }

  @Test
  void browserGetsAPageAndProgramsGetText() throws Exception {
    String asBrowser = get("a<b>.localhost", "/").replace("<b>", "b");
    String page =
        once(relay.httpPort(), asBrowser.replace("\r\n\r\n", "\r\nAccept: text/html\r\n\r\n"));
    assertThat(page).contains("text/html").contains("<h1>404 Not Found</h1>");
    assertThat(once(relay.httpPort(), asBrowser)).contains("text/plain").doesNotContain("<h1>");
  }

  @Test
  void responseCutShortIsAReset() throws Exception {
    try (LocalService cuts =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                });
        Socket visitor = visit(cuts.port())) {
      write(visitor, get(HOST, "/"));
      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(End.RESET);
    }
  }

  @Test
  void responseThatEndsWithTheConnectionEndsIt() throws Exception {
    try (LocalService old =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(socket, "HTTP/1.0 200 OK\r\n\r\nall of it");
                });
        Socket visitor = visit(old.port())) {
      write(visitor, get(HOST, "/"));
      assertThat(rest(visitor)).isEqualTo("HTTP/1.0 200 OK\r\n\r\nall of it");
    }
  }

  @Test
  void headResponseHasALengthAndNoContent() throws Exception {
    try (Scripted shop = new Scripted("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        Socket visitor = visit(shop.port())) {
      for (int i = 0; i < 2; i++) {
        write(visitor, "HEAD / HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
        assertThat(head(visitor)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
      }
    }
  }

  @Test
  void interimResponsesComeBeforeTheLast() throws Exception {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
    try (Scripted shop = new Scripted(hints + ok("page"));
        Socket visitor = visit(shop.port())) {
      for (int i = 0; i < 2; i++) {
        write(visitor, get(HOST, "/"));
        assertThat(head(visitor)).isEqualTo(hints);
        assertThat(until(visitor, "page")).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void contentWaitsForContinue() throws Exception {
    try (LocalService careful =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                  write(socket, ok(until(socket, "!")));
                });
        Socket visitor = visit(careful.port())) {
      write(
          visitor,
          "POST / HTTP/1.1\r\nHost: shop.localhost\r\nExpect: 100-continue\r\n"
              + "Content-Length: 6\r\n\r\n");
      assertThat(head(visitor)).startsWith("HTTP/1.1 100 Continue");
      write(visitor, "hello!");
      assertThat(until(visitor, "!")).endsWith("hello!");
    }
  }

  @Test
  void chunksAndTrailersPassBothWays() throws Exception {
    CompletableFuture<String> request = new CompletableFuture<>();
    String chunks = "5\r\nhello\r\n0\r\nX-Sum: 42\r\n\r\n";
    try (LocalService shop =
            LocalService.start(
                socket -> {
                  request.complete(head(socket) + until(socket, "X-Sum: 42\r\n\r\n"));
                  write(
                      socket,
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                          + chunks);
                });
        Socket visitor = visit(shop.port())) {
      write(
          visitor,
          "POST / HTTP/1.1\r\nHost: shop.localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
      assertThat(request.get(10, TimeUnit.SECONDS)).endsWith(chunks);
      head(visitor);
      assertThat(until(visitor, "X-Sum: 42\r\n\r\n")).isEqualTo(chunks);
    }
  }

  @Test
  void eventsArriveOneByOne() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (LocalService stream =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                  write(socket, "data: 1\n\n");
                  awaitQuietly(seen);
                  write(socket, "data: 2\n\n");
                });
        Socket visitor = visit(stream.port())) {
      write(visitor, get(HOST, "/"));
      head(visitor);
      assertThat(until(visitor, "\n\n")).isEqualTo("data: 1\n\n");
      seen.countDown();
      assertThat(until(visitor, "\n\n")).isEqualTo("data: 2\n\n");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void serviceHearsOfAVisitorWhoLeft() throws Exception {
    CompletableFuture<End> end = new CompletableFuture<>();
    try (LocalService stream =
        LocalService.start(
            socket -> {
              head(socket);
              write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
              end.complete(Visitor.awaitEnd(socket));
            })) {
      Socket visitor = visit(stream.port());
      write(visitor, get(HOST, "/"));
      until(visitor, "a\r\n");
      visitor.setSoLinger(true, 0);
      visitor.close();
      assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(End.RESET);
    }
  }

  @Test
  void earlyAnswerToALongUploadArrives() throws Exception {
    try (LocalService strict =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(
                      socket,
                      "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\n"
                          + "Content-Length: 0\r\n\r\n");
                  socket.shutdownOutput();
                  Visitor.awaitEnd(socket);
                });
        Socket visitor = visit(strict.port())) {
      write(
          visitor,
          "POST / HTTP/1.1\r\nHost: shop.localhost\r\nContent-Length: 1000000\r\n\r\n"
              + "x".repeat(200_000));
      assertThat(head(visitor)).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void halfAConnectionIsEnoughForAnAnswer() throws Exception {
    try (Scripted shop = new Scripted(ok("whole answer"))) {
      client.forward("shop", 0, shop.port());
      for (int i = 0; i < 200; i++) {
        assertThat(Visitor.exchange(relay.httpPort(), get(HOST, "/"))).endsWith("whole answer");
      }
    }
  }
}
