package dev.porthole.tunnel.relay;

import static dev.porthole.tunnel.relay.Dialects.urls;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public URLs in what the sessions of sish, localhost.run and serveo say. */
final class GreetingsTest {
  private static final char ESC = 0x1b;

  @Test
  void sishNamesHttpAndHttpsButNotItsConsole() {
    String said =
        """
        Press Ctrl-C to close the session.

        The subdomain app.tuns.sh is unavailable. Assigning a random subdomain.
        Starting SSH Forwarding service for \u001b[32mhttp:80\u001b[0m. Forwarded connections can be \
        accessed via the following methods:\r
        Service console can be accessed here: https://flb.tuns.sh/_sish/console?x-authorization=1\r
        \u001b[44mHTTP\u001b[0m: http://flb.tuns.sh\r
        \u001b[44mHTTPS\u001b[0m: https://flb.tuns.sh\r
        """;
    assertThat(urls(new Sish(), said)).containsExactly("http://flb.tuns.sh", "https://flb.tuns.sh");
  }

  @Test
  void sishNamesTcpPorts() {
    assertThat(urls(new Sish(), "Starting …\r\n" + ESC + "[44mTCP" + ESC + "[0m: tuns.sh:2222\r\n"))
        .containsExactly("tcp://tuns.sh:2222");
  }

  @Test
  void localhostRunNamesOneAddressAmongManyLinks() {
    String said =
        """

        ===============================================================================
        Welcome to localhost.run!

        Follow your favourite reverse tunnel at [https://twitter.com/localhost_run].

        To set up and manage custom domains go to https://admin.localhost.run/

        More details on custom domains (and how to enable subdomains of your custom
        domain) at https://localhost.run/docs/custom-domains
        ===============================================================================


        ** your connection id is 2e4ea8b9-0000-4000-8000-7a52cbb4ee2b, please mention it if you \
        send me a message about an issue. **

        8beaa541ba3dc2.lhr.life tunneled with tls termination, https://8beaa541ba3dc2.lhr.life
        create an account and add your key for a longer lasting domain name. see \
        https://localhost.run/docs/forever-free/ for more information.
        """;
    assertThat(urls(new LocalhostRun(), said)).containsExactly("https://8beaa541ba3dc2.lhr.life");
  }

  @Test
  void serveoNamesHttpInGreen() {
    String said =
        ESC + "[32mForwarding HTTP traffic from https://abc123.serveo.net\n" + ESC + "[0m";
    assertThat(urls(new Serveo(), said)).containsExactly("https://abc123.serveo.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarding TCP connections from serveo.net:38234\n",
        "Forwarding TCP traffic from serveo.net:38234\n",
        "Forwarding TCP connections from tcp://serveo.net:38234\n"
      })
  void serveoNamesTcpInSeveralWays(String said) {
    assertThat(urls(new Serveo(), said)).containsExactly("tcp://serveo.net:38234");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP: see https://docs.example.com/help\n",
        "HTTP: http://user@evil.example.com\n",
        "HTTP: http://a.example.com\u202egnp.exe\n",
        "HTTPS: https://xn--/\n",
        "TCP: evil.example.com/x:22\n",
        "TCP: evil.example.com:99999999\n",
        "TCP: $(reboot):22\n",
        "HTTP: http://a.example.com`id`\n",
        "http://a.example.com\n",
        "you said HTTPS:https://a.example.com\n"
      })
  void sishLookAlikesAreNoAddresses(String said) {
    assertThat(urls(new Sish(), said)).isEmpty();
  }

  @Test
  void requestLineOfAVisitorIsNoAddress() {
    // sish and serveo print what visitors ask for, so visitors choose part of the text.
    assertThat(
            urls(
                new Sish(),
                "2026/01/02 - 03:04:05 | a.tuns.sh | 200 | 1ms | ::1 | GET"
                    + " /?q=HTTPS: https://evil.example.com\n"))
        .isEmpty();
    assertThat(
            urls(
                new Serveo(),
                "GET /Forwarding HTTP traffic from https://evil.example.com HTTP/1.1\n"))
        .isEmpty();
  }

  @Test
  void plainServersSayNothingOfAddresses() {
    assertThat(urls(new PlainSshd(), "Welcome to https://example.com\nhttps://example.com\n"))
        .isEmpty();
    assertThat(new PlainSshd().urlsInText()).isFalse();
  }
}
