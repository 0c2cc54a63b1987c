package dev.porthole.relay.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stock {@code ssh}, typed the way Pinggy documents it. */
@Timeout(30)
class PinggySshIT {
  private Relay relay;
  private LocalService site;

  @BeforeEach
  void open() throws IOException {
    relay = Relay.builder().start();
    site = Web.site("site");
  }

  @AfterEach
  void close() {
    site.close();
    relay.close();
  }

  @Test
  void shortestCommandPrintsTheUrl() throws Exception {
    try (StockSsh ssh = StockSsh.start(relay, forward(), "127.0.0.1")) {
      String url = ssh.awaitUrl();
      assertThat(url).matches("http://[a-z0-9-]+\\.localhost:" + relay.httpPort());
      assertThat(Web.get(url)).startsWith("HTTP/1.1 200 OK\r\n").contains("\r\n\r\nsite\nGET / ");
      assertThat(ssh.program().isAlive()).isTrue();
    }
  }

  @Test
  void tcpInTheUserNamePrintsATcpUrl() throws Exception {
    try (StockSsh ssh = StockSsh.start(relay, forward(), "tcp@127.0.0.1")) {
      String url = ssh.awaitUrl();
      assertThat(url).matches("tcp://localhost:[0-9]+");
      int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
      assertThat(Web.get("http://localhost:" + port + "/tcp")).contains("site\nGET /tcp ");
    }
  }

  @Test
  void controlCEndsATunnelWithATerminal() throws Exception {
    try (StockSsh ssh = StockSsh.start(relay, "-tt", forward(), "127.0.0.1")) {
      String url = ssh.awaitUrl();
      assertThat(Web.get(url)).startsWith("HTTP/1.1 200 ");
      ssh.program().input().write(3);
      ssh.program().input().flush();
      ssh.awaitExit();
      assertThat(ssh.program().out()).contains("Ended by Ctrl-C.");
      assertThat(Web.get(url)).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void controlCOfAPipeIsAByteAsAnyOther() throws Exception {
    try (StockSsh ssh = StockSsh.start(relay, "-T", forward(), "127.0.0.1")) {
      String url = ssh.awaitUrl();
      ssh.program().input().write(3);
      ssh.program().input().flush();
      assertThat(Web.get(url)).startsWith("HTTP/1.1 200 ");
      assertThat(ssh.program().isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"qr, [\u2580\u2584\u2588]{20}", "aqr, ##[# ]{30}"})
  void qrCodeFollowsTheUrl(String word, String modules) {
    try (StockSsh ssh = StockSsh.start(relay, forward(), word + "@127.0.0.1")) {
      String url = ssh.awaitUrl();
      ssh.awaitLine(modules);
      await().until(() -> ssh.program().out().lines().count() > 12);
      assertThat(ssh.program().out().lines().findFirst()).hasValue(url);
    }
  }

  @Test
  void forceTakesOverFromTheSameTokenAlone() throws Exception {
    try (Relay known = Relay.builder().token("tea4two").token("other").start();
        StockSsh old = StockSsh.start(known, forward(), "tea4two@127.0.0.1");
        StockSsh stranger = StockSsh.start(known, forward(), "other@127.0.0.1")) {
      old.awaitUrl();
      String strangers = stranger.awaitUrl();
      try (StockSsh next = StockSsh.start(known, forward(), "tea4two+force@127.0.0.1")) {
        String url = next.awaitUrl();
        old.awaitExit();
        assertThat(old.program().out()).contains("took over (force)");
        assertThat(Web.get(url)).startsWith("HTTP/1.1 200 ");
        assertThat(Web.get(strangers)).startsWith("HTTP/1.1 200 ");
        assertThat(stranger.program().isAlive()).isTrue();
      }
    }
  }

  @Test
  void urlServiceBehindALocalForward() throws Exception {
    int urls = FreePort.next();
    String local = "-L" + urls + ":localhost:4300";
    try (StockSsh ssh = StockSsh.start(relay, local, forward(), "127.0.0.1")) {
      String url = ssh.awaitUrl();
      assertThat(Web.get("http://localhost:" + urls + "/urls"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("{\"urls\":[\"" + url + "\"]}\n");
      assertThat(Web.get("http://localhost:" + urls + "/")).startsWith("HTTP/1.1 404 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"localhost, 4301", "127.0.0.1, 22", "example.com, 4300", "0.0.0.0, 4300"})
  void everyOtherLocalForwardIsRefused(String host, int port) throws Exception {
    int from = FreePort.next();
    String local = "-L" + from + ":" + host + ":" + port;
    try (StockSsh ssh = StockSsh.start(relay, local, forward(), "127.0.0.1")) {
      String url = ssh.awaitUrl();
      try (Socket visitor = Visitor.connect(from)) {
        visitor.getOutputStream().write("GET /\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Visitor.awaitEnd(visitor)).isNotNull();
      }
      ssh.awaitLine("administratively prohibited: This relay leads to its clients only");
      assertThat(Web.get(url)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void secondForwardOfTheSameKindHasItsOwnUrl() throws Exception {
    try (LocalService other = Web.site("other");
        StockSsh ssh =
            StockSsh.start(relay, forward(), "-Rmine:0:localhost:" + other.port(), "127.0.0.1")) {
      String named = "http://mine.localhost:" + relay.httpPort();
      ssh.awaitLine("^" + named + "$");
      assertThat(Web.get(ssh.awaitUrl())).contains("\r\n\r\nsite\n");
      assertThat(Web.get(named)).contains("\r\n\r\nother\n");
    }
  }

  @Test
  void hangUpFreesTheName() throws Exception {
    String named = "http://mine.localhost:" + relay.httpPort();
    try (StockSsh ssh = StockSsh.start(relay, "-Rmine:80:localhost:" + site.port(), "127.0.0.1")) {
      ssh.awaitLine("^" + named + "$");
      ssh.program().signal("KILL");
    }
    await().atMost(5, TimeUnit.SECONDS).until(() -> Web.get(named).startsWith("HTTP/1.1 404 "));
  }

  private String forward() {
    return "-R0:localhost:" + site.port();
  }
}
