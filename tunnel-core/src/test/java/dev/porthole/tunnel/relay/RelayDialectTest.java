package dev.porthole.tunnel.relay;

import static dev.porthole.tunnel.relay.Dialects.config;
import static dev.porthole.tunnel.relay.Dialects.forward;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Forward.Kind;
import dev.porthole.tunnel.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which relay speaks how, before it has said a word. */
final class RelayDialectTest {

  @ParameterizedTest
  @CsvSource({
    "free.pinggy.io, Go, Pinggy",
    "EU.Pro.Pinggy.IO, Go, Pinggy",
    "pinggy.io, Go, Pinggy",
    "127.0.0.1, Porthole_0.1, Pinggy",
    "localhost.run, x, LocalhostRun",
    "ssh.localhost.run, x, LocalhostRun",
    "serveo.net, x, Serveo",
    "tuns.sh, Go, Sish",
    "relay.example.com, sish, Sish",
    "relay.example.com, OpenSSH_9.2p1 Debian-2, PlainSshd",
    "evilpinggy.io, OpenSSH_9.2, PlainSshd",
    "pinggy.io.evil.org, OpenSSH_9.2, PlainSshd",
    "notserveo.net, dropbear_2022.83, PlainSshd",
    "127.0.0.1, '', PlainSshd"
  })
  void dialectFollowsFromTheHostOrFromTheServersVersion(
      String host, String version, String dialect) {
    assertThat(RelayDialect.of(host, version).getClass().getSimpleName()).isEqualTo(dialect);
  }

  @ParameterizedTest
  @CsvSource({"free.pinggy.io, 443", "Pinggy.io, 443", "evilpinggy.io, 22", "example.com, 22"})
  void onlyPinggyListensElsewhere(String host, int port) {
    assertThat(RelayDialect.defaultPort(host)).isEqualTo(port);
  }

  @Test
  void userNameIsTheTypedOneOrTheOneTheRelayIsUsedTo() {
    String account = System.getProperty("user.name");
    assertThat(new PlainSshd().user(config("me").build())).isEqualTo("me");
    assertThat(new PlainSshd().user(config("").build())).isEqualTo(account);
    assertThat(new Sish().user(config("me").build())).isEqualTo("me");
    assertThat(new Serveo().user(config("").build())).isEqualTo(account);
    assertThat(new LocalhostRun().user(config("").build())).isEqualTo("nokey");
    assertThat(new LocalhostRun().user(config("me").build())).isEqualTo("me");
  }

  @Test
  void plainServersAreAskedVerbatim() {
    RelayDialect plain = new PlainSshd();
    assertThat(plain.bindOf(forward(Kind.HTTP, "localhost", 0)))
        .isEqualTo(new BindAddress("localhost", 0));
    assertThat(plain.bindOf(forward(Kind.ANY, "", 9000))).isEqualTo(new BindAddress("", 9000));
    assertThat(plain.bindOf(forward(Kind.ANY, "*", 9000))).isEqualTo(new BindAddress("", 9000));
    assertThat(plain.bindOf(forward(Kind.ANY, "::", 1))).isEqualTo(new BindAddress("::", 1));
  }

  @Test
  void pinggyGetsTypedBindsVerbatim() {
    assertThat(new Pinggy(false).bindOf(forward(Kind.TCP, "tcp//ssh.example.com/34567", 1)))
        .isEqualTo(new BindAddress("tcp//ssh.example.com/34567", 1));
    assertThat(new Pinggy(false).bindOf(forward(Kind.HTTP, "app.example.com", 0)))
        .isEqualTo(new BindAddress("app.example.com", 0));
  }

  @Test
  void httpMeansPort80WhereNamesAreBindHosts() {
    for (RelayDialect dialect : new RelayDialect[] {new Sish(), new Serveo()}) {
      assertThat(dialect.bindOf(forward(Kind.HTTP, "app", 0)))
          .isEqualTo(new BindAddress("app", 80));
      assertThat(dialect.bindOf(forward(Kind.HTTP, "app", 443)))
          .isEqualTo(new BindAddress("app", 443));
      assertThat(dialect.bindOf(forward(Kind.TCP, "", 0))).isEqualTo(new BindAddress("", 0));
      assertThat(dialect.bindOf(forward(Kind.ANY, "", 0))).isEqualTo(new BindAddress("", 0));
      assertThat(dialect.bindOf(forward(Kind.TCP, "", 2222))).isEqualTo(new BindAddress("", 2222));
    }
    assertThat(new LocalhostRun().bindOf(forward(Kind.ANY, "", 0)))
        .isEqualTo(new BindAddress("", 80));
    assertThat(new LocalhostRun().bindOf(forward(Kind.ANY, "my.example.com", 443)))
        .isEqualTo(new BindAddress("my.example.com", 443));
  }

  @ParameterizedTest
  @CsvSource({
    "ANY, relay.example.com, tcp://relay.example.com:4711",
    "HTTP, relay.example.com, http://relay.example.com:4711",
    "TLS, Relay.Example.COM, tls://relay.example.com:4711",
    "TCP, 192.0.2.1, tcp://192.0.2.1:4711",
    "TLSTCP, ::1, tcp://[::1]:4711"
  })
  void grantedPortOfAPlainServerIsTheAddress(Kind kind, String host, String url) {
    Forward forward = forward(kind, "localhost", 0);
    assertThat(
            new PlainSshd()
                .urlOfReply(new HostPort(host, 22), forward, new BindAddress("localhost", 4711)))
        .hasToString("Optional[" + url + "]");
  }

  @ParameterizedTest
  @EnumSource
  void grantedPortOfPinggyAndLocalhostRunMeansNothing(Kind kind) {
    HostPort relay = new HostPort("relay.example.com", 22);
    BindAddress granted = new BindAddress("", 5);
    assertThat(new Pinggy(false).urlOfReply(relay, forward(kind, "", 0), granted)).isEmpty();
    assertThat(new LocalhostRun().urlOfReply(relay, forward(kind, "", 0), granted)).isEmpty();
  }

  @Test
  void grantedPortOfSishAndServeoMeansSomethingForTcp() {
    HostPort relay = new HostPort("serveo.net", 22);
    BindAddress granted = new BindAddress("", 38234);
    for (RelayDialect dialect : new RelayDialect[] {new Sish(), new Serveo()}) {
      assertThat(dialect.urlOfReply(relay, forward(Kind.TCP, "", 0), granted))
          .hasToString("Optional[tcp://serveo.net:38234]");
      assertThat(dialect.urlOfReply(relay, forward(Kind.HTTP, "", 0), granted)).isEmpty();
    }
  }
}
