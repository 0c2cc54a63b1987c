package dev.porthole.relay.http;

import static dev.porthole.relay.http.RawHttp.get;
import static dev.porthole.relay.http.RawHttp.ok;
import static dev.porthole.relay.http.RawHttp.rest;
import static dev.porthole.relay.http.RawHttp.until;
import static dev.porthole.relay.http.RawHttp.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.relay.http.RawHttp.Scripted;
import dev.porthole.testing.service.Visitor;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Visitors who try what they should not. */
@Timeout(60)
class HostileVisitorsIT {
  private Relay relay;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.builder().start();
    client = TestClient.connect(relay, "");
    client.session("");
  }

  @AfterEach
  void stop() {
    client.close();
    relay.close();
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
