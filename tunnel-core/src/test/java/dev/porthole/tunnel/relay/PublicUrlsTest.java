package dev.porthole.tunnel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a public URL, and what only looks like one. */
final class PublicUrlsTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example.com, https://a.example.com",
    "HTTPS://A.Example.COM, https://a.example.com",
    "' http://a.example.com ', http://a.example.com",
    "http://a.example.com/, http://a.example.com",
    "http://a-b.c--d.example.com:8080, http://a-b.c--d.example.com:8080",
    "tcp://192.0.2.1:4711, tcp://192.0.2.1:4711",
    "tcp://[2001:db8::1]:4711, tcp://[2001:db8::1]:4711",
    "tls://a.example.com:443, tls://a.example.com:443",
    "udp://a.example.com:53, udp://a.example.com:53",
    "http://localhost:8080, http://localhost:8080"
  })
  void addressIsWrittenInOneWay(String text, String url) {
    assertThat(PublicUrls.parse(text)).hasToString("Optional[" + url + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://",
        "https:a.example.com",
        "a.example.com",
        "//a.example.com",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.example.com",
        "ssh://a.example.com",
        "https://user@a.example.com",
        "https://user:password@a.example.com",
        "https://a.example.com/path",
        "https://a.example.com?query",
        "https://a.example.com#fragment",
        "https://a.example.com\\@evil.example.org",
        "https://a_b.example.com",
        "https://-a.example.com",
        "https://a..example.com",
        "https://a.example.com:0",
        "https://a.example.com:65536",
        "https://a.example.com:-1",
        "https://ex\u00e4mple.com",
        "https://\u0435xample.com",
        "https://a.example.com\u202e",
        "https://a.example.com\u001b[2J",
        "https://a.example.com\nhttps://b.example.com",
        "https://a.example.com https://b.example.com",
        "https://a.example.com%00.evil.org",
        "https://[fe80::1%25eth0]",
        "https://[::1"
      })
  void everythingElseIsNone(String text) {
    assertThat(PublicUrls.parse(text)).isEmpty();
  }

  @Test
  void firstAddressOfASentenceIsFound() {
    assertThat(PublicUrls.find("see (not ftp://x), but https://a.example.com, or https://b.c"))
        .hasToString("Optional[https://a.example.com]");
    assertThat(PublicUrls.find("x tunneled, 'https://a.example.com'"))
        .hasToString("Optional[https://a.example.com]");
    assertThat(PublicUrls.find("read https://a.example.com/docs first")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.", "a-", "https://", "\"", "\\", "\\/"})
  void longTextIsSearchedInAMoment(String part) {
    String text = "https://" + part.repeat(60_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(PublicUrls.find(text)).isEmpty();
          assertThat(PublicUrls.parse(text)).isEmpty();
          assertThat(PublicUrls.ofJson("{\"urls\":[\"" + text)).isEmpty();
          assertThat(PublicUrls.ofJson("{\"urls\":[\"" + text + "\"]}")).isEmpty();
        });
  }
}
