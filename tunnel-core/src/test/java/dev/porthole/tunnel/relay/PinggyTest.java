package dev.porthole.tunnel.relay;

import static dev.porthole.tunnel.relay.Dialects.config;
import static dev.porthole.tunnel.relay.Dialects.urls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Forward.Kind;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TunnelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pinggy's user names and what its sessions say. */
final class PinggyTest {
  private static final String GREETING =
      """
      You are not authenticated.
      Your tunnel will expire in 60 minutes. Upgrade to Pinggy Pro to get unrestricted tunnels. \
      https://dashboard.pinggy.io

      http://rnvqu-203-0-113-9.run.pinggy-free.link
      http://rnvqu-203-0-113-9.free.pinggy.net
      https://rnvqu-203-0-113-9.run.pinggy-free.link
      https://rnvqu-203-0-113-9.free.pinggy.net
      """;

  private final Pinggy pinggy = new Pinggy(false);

  @ParameterizedTest
  @CsvSource({
    "'', ANY, http",
    "'', HTTP, http",
    "'', TCP, tcp",
    "'', TLS, tls",
    "'', TLSTCP, tlstcp",
    "aBcD123, ANY, aBcD123",
    "aBcD123, TCP, aBcD123+tcp",
    "aBcD123+force, TLS, aBcD123+force+tls",
    "aBcD123+TCP, TLS, aBcD123+TCP",
    "qr, ANY, qr"
  })
  void userNameSaysWhatIsWanted(String typed, Kind kind, String sent) {
    assertThat(pinggy.user(config(typed, kind).build())).isEqualTo(sent);
  }

  @Test
  void tokenGoesInFrontOfTheKeywords() {
    assertThat(pinggy.user(config("force", Kind.TCP).token("s3cr3t").build()))
        .isEqualTo("s3cr3t+force+tcp");
    assertThat(pinggy.user(config("", Kind.HTTP).token("s3cr3t").build())).isEqualTo("s3cr3t");
  }

  @Test
  void greetingBringsFourAddressesAndNoAdvertisement() {
    assertThat(urls(pinggy, GREETING))
        .containsExactly(
            "http://rnvqu-203-0-113-9.run.pinggy-free.link",
            "http://rnvqu-203-0-113-9.free.pinggy.net",
            "https://rnvqu-203-0-113-9.run.pinggy-free.link",
            "https://rnvqu-203-0-113-9.free.pinggy.net");
  }

  @Test
  void addressesOfOtherKindsStandAloneTheirLinesToo() {
    assertThat(
            urls(
                pinggy,
                """
                You are authenticated as me@example.com\r
                tcp://abcde-203-0-113-9.a.free.pinggy.link:40527\r
                tls://app.example.com\r
                """))
        .containsExactly(
            "tcp://abcde-203-0-113-9.a.free.pinggy.link:40527", "tls://app.example.com");
  }

  @Test
  void dashboardIsNoAddressEvenAloneOnItsLine() {
    assertThat(urls(pinggy, "https://dashboard.pinggy.io\n")).isEmpty();
  }

  @Test
  void tokenThatWasNotTakenIsToldLoudly() {
    String line = "You are not authenticated.";
    assertThat(pinggy.warningIn(line, config("").token("s3cr3t").build()))
        .hasValueSatisfying(
            text -> assertThat(text).contains("anonymous").doesNotContain("s3cr3t"));
    assertThat(pinggy.warningIn(line, config("aBcD123+tcp").build())).isPresent();
    assertThat(pinggy.warningIn("You are authenticated as x", config("aBcD123").build())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http", "TCP+force", "qr+auth", "aqr+tlstcp"})
  void whoSentNoTokenMissesNone(String user) {
    assertThat(pinggy.warningIn("You are not authenticated.", config(user).build())).isEmpty();
  }

  @Test
  void tokenInUseMeansThereWillBeNoTunnel() {
    String line = "Login is not allowed: A tunnel with the same token (xxYYzzZ) is already active.";
    assertThat(pinggy.refusalIn(line)).contains(line);
    assertThat(pinggy.refusalIn("The words 'Login is not allowed' elsewhere")).isEmpty();
  }

  @Test
  void serviceListsAddressesAsJson() {
    assertThat(
            pinggy.urlsOfService(
                "{\"urls\":[\"http://a.free.pinggy.net\",\"https:\\/\\/a.free.pinggy.net\"]}"))
        .hasToString("[http://a.free.pinggy.net, https://a.free.pinggy.net]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "not json",
        "{\"urls\":[]}",
        "{\"urls\":[\"javascript:alert(1)\"]}",
        "{\"urls\":[\"https://a.example.com/\\u001b[2J\"]}",
        "{\"urls\":[\"https://user:pw@a.example.com\"]}",
        "{\"urls\":[\"https://a.example.com"
      })
  void whatIsNoAddressInAnAnswerIsLeftOut(String json) {
    assertThat(pinggy.urlsOfService(json)).isEmpty();
  }

  @Test
  void typedForwardSaysNothingAboutTheOthers() {
    TunnelConfig config =
        TunnelConfig.builder(new HostPort("pro.pinggy.io", 443))
            .forward(new Forward(Forward.Kind.ANY, "shop", 80, Target.plain("localhost", 1)))
            .forward(new Forward(Forward.Kind.TCP, "tcp//", 0, Target.plain("localhost", 2)))
            .build();

    assertThat(pinggy.user(config)).isEqualTo("http");
  }
}
