package dev.porthole.relay.http;

import static dev.porthole.relay.http.RawHttp.get;
import static dev.porthole.relay.http.RawHttp.ok;
import static dev.porthole.relay.http.RawHttp.once;
import static dev.porthole.relay.http.RawHttp.until;
import static dev.porthole.relay.http.RawHttp.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.TestClient;
import dev.porthole.relay.http.RawHttp.Scripted;
import dev.porthole.testing.service.Visitor;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name in a request decides where it goes. */
class NamesIT extends HttpStage {
  @ParameterizedTest
  @ValueSource(
      strings = {"shop.localhost", "shop.localhost:8080", "SHOP.LocalHost", "shop.localhost.:80"})
  void everySpellingOfANameLeadsToItsClient(String host) throws Exception {
    try (Scripted shop = new Scripted(ok("shop"))) {
      client.forward("shop", 0, shop.port());
      try (Socket visitor = Visitor.connect(relay.httpPort())) {
        write(visitor, get(host, "/"));
        assertThat(until(visitor, "shop")).startsWith("HTTP/1.1 200 OK\r\n");
      }
    }
  }

  @Test
  void unnamedForwardsGetNamesOfTheirOwn() throws Exception {
    try (Scripted one = new Scripted(ok("one"));
        Scripted two = new Scripted(ok("two"))) {
      int first = client.forward("", 0, one.port()).port();
      int second = client.forward("", 0, two.port()).port();
      assertThat(first).isNotEqualTo(second).isPositive();
    }
  }

  @Test
  void oneConnectionMayVisitSeveralNames() throws Exception {
    try (Scripted one = new Scripted(ok("one"));
        Scripted two = new Scripted(ok("two"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("one", 0, one.port());
      client.forward("two", 0, two.port());
      write(visitor, get("one.localhost", "/"));
      assertThat(until(visitor, "one")).contains("200 OK");
      write(visitor, get("two.localhost", "/"));
      assertThat(until(visitor, "two")).contains("200 OK");
    }
  }

  @Test
  void requestsOfAConnectionShareAConnectionToTheService() throws Exception {
    try (Scripted shop = new Scripted(ok("shop"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("shop", 0, shop.port());
      for (int i = 0; i < 3; i++) {
        write(visitor, get("shop.localhost", "/" + i));
        assertThat(until(visitor, "shop")).contains("200 OK");
      }
      assertThat(shop.connections()).isEqualTo(1);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (Scripted one = new Scripted(ok("one"));
        Scripted two = new Scripted(ok("two"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("one", 0, one.port());
      client.forward("two", 0, two.port());
      write(visitor, get("one.localhost", "/") + get("two.localhost", "/"));
      assertThat(until(visitor, "one")).endsWith("\r\n\r\none");
      assertThat(until(visitor, "two")).endsWith("\r\n\r\ntwo");
    }
  }

  @Test
  void absoluteTargetCountsMoreThanTheHostField() throws Exception {
    try (Scripted shop = new Scripted(ok("shop"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("shop", 0, shop.port());
      write(visitor, get("other.localhost", "http://shop.localhost/x"));
      assertThat(until(visitor, "shop")).contains("200 OK");
    }
  }

  @Test
  void nameNobodyHasIsNotFound() throws Exception {
    assertThat(once(relay.httpPort(), get("nobody.localhost", "/")))
        .startsWith("HTTP/1.1 404 ")
        .contains("nobody.localhost");
  }

  @Test
  void takenNameIsRefusedInASentence() throws Exception {
    try (TestClient rival = TestClient.connect(relay, "")) {
      rival.session("");
      client.forward("shop", 0, 1);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> rival.forward("shop", 0, 1))
          .hasMessageContaining("refused");
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> assertThat(rival.text()).contains("shop.localhost is taken"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: shop.localhost\r\nBad Name: x\r\n\r\n",
        "no http at all\r\n\r\n"
      })
  void whatNamesNoHostIsABadRequest(String request) throws Exception {
    assertThat(once(relay.httpPort(), request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void connectAndHttp2AreRefusedInASentence() throws Exception {
    assertThat(
            once(relay.httpPort(), "CONNECT a.localhost:80 HTTP/1.1\r\nHost: a.localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ");
    assertThat(once(relay.httpPort(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        .startsWith("HTTP/1.1 505 ")
        .contains("TCP");
  }
}
