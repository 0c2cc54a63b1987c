package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.tunnel.interop.HttpVisitor.Head;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What HTTP promises, kept through a relay; the service is a server made with Node.js. */
abstract class HttpSuite extends RelaySuite {
  private PublicPlace place;

  @BeforeEach
  final void shareTheService() throws Exception {
    String node = Peers.program("node").toString();
    String script = Peers.nodeFolder().resolve("http-service.mjs").toString();
    place = relay().share(listening(node, script, "127.0.0.1"));
  }

  @Test
  void connectionServesRequestAfterRequest() throws Exception {
    try (HttpVisitor visitor = until(HttpVisitor.to(place))) {
      for (int i = 0; i < 20; i++) {
        visitor.request("GET /");
        Head head = visitor.head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(visitor.body(head)).isEqualTo("hello from node\n");
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request("POST /echo", "Content-Length: 3");
      visitor.send("one");
      visitor.request("GET /");
      visitor.request("POST /echo", "Content-Length: 5");
      visitor.send("three");

      assertThat(visitor.body(visitor.head())).isEqualTo("one");
      visitor.fields();
      assertThat(visitor.body(visitor.head())).isEqualTo("hello from node\n");
      assertThat(visitor.body(visitor.head())).isEqualTo("three");
    }
  }

  @Test
  void eventsArriveOneByOneAsTheyHappen() throws Exception {
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request("GET /events", "Accept: text/event-stream");
      Head head = visitor.head();
      assertThat(head.field("content-type")).isEqualTo("text/event-stream");
      assertThat(visitor.chunk()).isEqualTo(": welcome\n\n");

      for (int i = 1; i <= 10; i++) {
        HttpVisitor.poke(place, "/events/next");
        assertThat(visitor.chunk()).isEqualTo("id: " + i + "\ndata: event " + i + "\n\n");
      }
    }
  }

  @Test
  void chunksGoAndComeWithoutWaitingForEachOther() throws Exception {
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request("POST /echo", "Transfer-Encoding: chunked");
      visitor.sendChunk("first");
      assertThat(visitor.head().status()).isEqualTo(200);
      assertThat(visitor.chunk()).isEqualTo("first");

      visitor.sendChunk("second");
      assertThat(visitor.chunk()).isEqualTo("second");

      visitor.sendChunk("");
      assertThat(visitor.chunk()).isEmpty();
      assertThat(visitor.fields()).isEmpty();
    }
  }

  @Test
  void bodyWaitsForTheServiceToSayContinue() throws Exception {
    String body = "x".repeat(100_000);
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request("POST /sum", "Expect: 100-continue", "Content-Length: " + body.length());
      assertThat(visitor.head().status()).isEqualTo(100);

      visitor.send(body);
      Head head = visitor.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(visitor.body(head)).isEqualTo(sha256(body) + "\n");
    }
  }

  @Test
  void refusedExpectationIsNotAnsweredWithContinue() throws Exception {
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request("POST /refused", "Expect: 100-continue", "Content-Length: 100000");
      assertThat(visitor.head().status()).isEqualTo(417);
    }
  }

  @Test
  void earlyHintsComeBeforeTheAnswer() throws Exception {
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request("GET /hints");
      Head hints = visitor.head();
      assertThat(hints.status()).isEqualTo(103);
      assertThat(hints.field("link")).isEqualTo("</style.css>; rel=preload; as=style");

      HttpVisitor.poke(place, "/hints/release");
      Head head = visitor.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(visitor.body(head)).isEqualTo("after the hints\n");
    }
  }

  @Test
  void trailersGoAndCome() throws Exception {
    try (HttpVisitor visitor = HttpVisitor.to(place)) {
      visitor.request(
          "POST /trailers", "Transfer-Encoding: chunked", "Trailer: X-Sum", "TE: trailers");
      visitor.sendChunk("body");
      visitor.send("0\r\nX-Sum: 4711\r\n\r\n");

      Head head = visitor.head();
      assertThat(head.field("trailer")).isEqualTo("X-Sum");
      assertThat(visitor.body(head)).isEqualTo("body");
      assertThat(visitor.fields()).containsEntry("x-sum", "4711");
    }
  }

  @Test
  void webSocketMessagesOfAllSizesComeBack() throws Exception {
    String node = Peers.nodeWith("ws").toString();
    String script = Peers.nodeFolder().resolve("ws-echo.mjs").toString();
    PublicPlace chat = relay().share(listening(node, script, "127.0.0.1"));

    assertThat(
            Programs.mustRun(
                    LIMIT,
                    Peers.pythonWith("websockets").toString(),
                    Peers.pythonFolder().resolve("websocket_visitor.py").toString(),
                    "--host=" + chat.host(),
                    "--port=" + chat.port(),
                    "--authority=" + chat.authority())
                .out())
        .isEqualTo("echoed 15 messages");
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
