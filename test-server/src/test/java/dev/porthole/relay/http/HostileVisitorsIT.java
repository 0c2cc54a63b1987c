package dev.porthole.relay.http;

import static dev.porthole.relay.http.RawHttp.get;
import static dev.porthole.relay.http.RawHttp.ok;
import static dev.porthole.relay.http.RawHttp.rest;
import static dev.porthole.relay.http.RawHttp.until;
import static dev.porthole.relay.http.RawHttp.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.TestClient;
import dev.porthole.relay.http.RawHttp.Scripted;
import dev.porthole.testing.service.Visitor;
import dev.porthole.testing.service.Visitor.End;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors who try what they should not. */
class HostileVisitorsIT extends HttpStage {
  @ParameterizedTest
  @ValueSource(strings = {"ZZ", "-5", "FFFFFFFFFFFFFFFFF", "XX5"})
  void brokenContentDoesNotLookWhole(String size) throws Exception {
    try (Scripted shop = new Scripted(ok("whole"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("shop", 0, shop.port());
      visitor.setSoTimeout(5_000);
      write(
          visitor,
          "POST / HTTP/1.1\r\nHost: shop.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
              + ("5\r\nhello\r\n" + size + "\r\nworld\r\n0\r\n\r\n"));
      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(End.RESET);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.localhost", "x\";for=\"192.0.2.66", ""})
  void hostFieldBesideAnAbsoluteTargetIsReplaced(String host) throws Exception {
    try (Scripted shop = new Scripted(ok("shop"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("shop", 0, shop.port());
      write(visitor, get(host, "http://shop.localhost:81/x"));
      until(visitor, "shop");
      assertThat(shop.heads.get(0))
          .contains("Host: shop.localhost:81\r\n")
          .contains("X-Forwarded-Host: shop.localhost:81\r\n")
          .contains("Forwarded: for=127.0.0.1;host=\"shop.localhost:81\";proto=http\r\n");
    }
  }

  /** Netty read it as HTTP already; passing on less than came would be worse than nothing. */
  @Test
  void requestBehindASwitchOfProtocolsIsAReset() throws Exception {
    String switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: knock\r\n\r\n";
    try (Scripted shop = new Scripted(switching);
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("shop", 0, shop.port());
      write(
          visitor,
          "GET / HTTP/1.1\r\nHost: shop.localhost\r\nUpgrade: knock\r\n\r\n"
              + "POST / HTTP/1.1\r\nHost: shop.localhost\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(End.RESET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: h2c",
        "Upgrade: websocket",
        "Content-Length: 5",
        "Transfer-Encoding: chunked"
      })
  void preflightThatBringsMoreNeedsCredentials(String field) throws Exception {
    try (Scripted shop = new Scripted(ok("shop"));
        TestClient guarded = TestClient.connect(relay, "");
        Socket visitor = Visitor.connect(relay.httpPort())) {
      guarded.session("k:secret x:passpreflight");
      guarded.forward("guarded", 0, shop.port());
      write(
          visitor,
          "OPTIONS / HTTP/1.1\r\nHost: guarded.localhost\r\nOrigin: http://a\r\n"
              + ("Access-Control-Request-Method: GET\r\n" + field + "\r\n\r\n0\r\n\r\n"));
      assertThat(rest(visitor)).startsWith("HTTP/1.1 401 ");
    }
  }
}
