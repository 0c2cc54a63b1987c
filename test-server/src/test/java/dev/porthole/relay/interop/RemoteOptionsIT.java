package dev.porthole.relay.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.testing.service.LocalService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options in the exec string of stock {@code ssh}, and what a visitor and the site notice. */
@Timeout(30)
class RemoteOptionsIT {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static Relay relay;
  private static LocalService site;

  @BeforeAll
  static void open() throws IOException {
    relay = Relay.builder().start();
    site = Web.site("site");
  }

  @AfterAll
  static void close() {
    site.close();
    relay.close();
  }

  @Test
  void withoutOptionsTheSiteLearnsWhoVisitsAndWhere() throws Exception {
    try (StockSsh ssh = start()) {
      String url = ssh.awaitUrl();
      String host = url.substring("http://".length());
      assertThat(Web.get(url, "X-Forwarded-For: 203.0.113.9"))
          .startsWith(OK)
          .containsIgnoringCase("\nX-Forwarded-For: 127.0.0.1")
          .containsIgnoringCase("\nX-Forwarded-Proto: http")
          .containsIgnoringCase("\nX-Forwarded-Host: " + host)
          .doesNotContain("203.0.113.9");
    }
  }

  @Test
  void addressesThatMayVisit() throws Exception {
    try (StockSsh closed = start("w:10.0.0.0/8,2001:db8::/32");
        StockSsh open = start("w:10.0.0.0/8,127.0.0.1/32")) {
      assertThat(Web.get(closed.awaitUrl())).startsWith("HTTP/1.1 403 ");
      assertThat(Web.get(open.awaitUrl())).startsWith(OK);
    }
  }

  @Test
  void basicAuthentication() throws Exception {
    try (StockSsh ssh = start("b:ann:s3cret", "b:bob:pa55")) {
      String url = ssh.awaitUrl();
      assertThat(Web.get(url))
          .startsWith("HTTP/1.1 401 ")
          .containsIgnoringCase("\nWWW-Authenticate: Basic ");
      assertThat(Web.get(url, basic("ann:pa55"))).startsWith("HTTP/1.1 401 ");
      assertThat(Web.get(url, basic("ann:s3cret"))).startsWith(OK).doesNotContain("Authorization");
      assertThat(Web.get(url, basic("bob:pa55"))).startsWith(OK);
    }
  }

  @Test
  void bearerKeys() throws Exception {
    try (StockSsh ssh = start("k:key-1", "k:key-2")) {
      String url = ssh.awaitUrl();
      assertThat(Web.get(url)).startsWith("HTTP/1.1 401 ");
      assertThat(Web.get(url, "Authorization: Bearer key-3")).startsWith("HTTP/1.1 401 ");
      assertThat(Web.get(url, "Authorization: Bearer key-2"))
          .startsWith(OK)
          .doesNotContain("key-2");
    }
  }

  @Test
  void headerFieldsAddedRemovedReplaced() throws Exception {
    try (StockSsh ssh = start("a:X-Shop:open", "r:Cookie", "u:User-Agent:relay", "u:Host:shop")) {
      assertThat(Web.get(ssh.awaitUrl(), "Cookie: a=b", "User-Agent: curl", "X-Shop: shut"))
          .startsWith(OK)
          .contains("\nX-Shop: shut", "\nX-Shop: open", "\nHost: shop")
          .containsPattern("(?i)\nUser-Agent: relay")
          .doesNotContain("curl", "Cookie");
    }
  }

  @Test
  void headerValueWithSpacesInQuotes() throws Exception {
    try (StockSsh ssh = start("\"a:X-Shop:open all day\"")) {
      assertThat(Web.get(ssh.awaitUrl())).contains("\nX-Shop: open all day\r");
    }
  }

  /** There might be another site at port 443. */
  @Test
  void httpsThatIsNotThereIsRefused() throws Exception {
    try (StockSsh ssh = start("x:https")) {
      ssh.awaitLine("Refused: x:https is not offered: this relay has no https port\\.");
    }
  }

  @Test
  void addressAndUrlOfTheVisitor() throws Exception {
    try (StockSsh ssh = start("x:xff:X-Real-IP", "x:fullurl")) {
      String url = ssh.awaitUrl();
      assertThat(Web.get(url + "/a?b=c"))
          .containsIgnoringCase("\nX-Real-IP: 127.0.0.1")
          .containsIgnoringCase("\nX-Pinggy-Url: " + url + "/a?b=c");
    }
  }

  @Test
  void noReverseProxyTellsTheSiteNothing() throws Exception {
    try (StockSsh plain = start("x:noreverseproxy");
        StockSsh address = start("x:noreverseproxy", "x:xff")) {
      assertThat(Web.get(plain.awaitUrl())).startsWith(OK).doesNotContainIgnoringCase("forwarded");
      assertThat(Web.get(address.awaitUrl()))
          .containsIgnoringCase("\nX-Forwarded-For: 127.0.0.1")
          .doesNotContainIgnoringCase("X-Forwarded-Host");
    }
  }

  @Test
  void preflightsPassWithoutCredentialsIfWanted() throws Exception {
    String[] preflight = {"Origin: http://a.example", "Access-Control-Request-Method: PUT"};
    try (StockSsh strict = start("b:ann:s3cret");
        StockSsh lenient = start("b:ann:s3cret", "x:passpreflight")) {
      assertThat(Web.request("OPTIONS", strict.awaitUrl(), preflight)).startsWith("HTTP/1.1 401 ");
      assertThat(Web.request("OPTIONS", lenient.awaitUrl(), preflight)).startsWith(OK);
      assertThat(Web.request("OPTIONS", lenient.awaitUrl())).startsWith("HTTP/1.1 401 ");
      assertThat(Web.get(lenient.awaitUrl(), preflight)).startsWith("HTTP/1.1 401 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        "x:nonsense",
        "w:10.0.0.0/33",
        "w:here",
        "b:ann",
        "k:",
        "a:X-Shop",
        "r:Host",
        "a:Bad\\ Name:x",
        "x:localServerTls",
        "'b:ann:s3cret"
      })
  void wrongOptionIsRefusedInASentenceAndEndsTheTunnel(String wrong) throws Exception {
    String name = "refused" + Integer.toHexString(wrong.hashCode());
    String forward = "-R" + name + ":0:localhost:" + site.port();
    try (StockSsh ssh = StockSsh.start(relay, forward, "127.0.0.1", "b:ann:s3cret", wrong)) {
      assertThat(ssh.awaitExit()).isNotZero();
      assertThat(ssh.program().out()).containsPattern("(?m)^.{15,}\\.$");
      assertThat(Web.get("http://" + name + ".localhost:" + relay.httpPort()))
          .startsWith("HTTP/1.1 404 ");
    }
  }

  private static StockSsh start(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "-R0:localhost:" + site.port();
    words[1] = "127.0.0.1";
    System.arraycopy(options, 0, words, 2, options.length);
    return StockSsh.start(relay, words);
  }

  private static String basic(String credentials) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }
}
