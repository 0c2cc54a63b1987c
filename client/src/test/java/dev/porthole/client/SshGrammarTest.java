package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostKeyTrust;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TunnelConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type for ssh means the same here. */
final class SshGrammarTest {
  @TempDir Path home;

  private TunnelConfig understood(String... words) throws Exception {
    return new TestCommand(home).understood(words);
  }

  @Test
  void pinggysShortestLine() throws Exception {
    TunnelConfig config = understood("-p", "443", "-R0:localhost:8000", "free.pinggy.io");

    assertThat(config.relay()).isEqualTo(new HostPort("free.pinggy.io", 443));
    assertThat(config.user()).isEmpty();
    assertThat(config.forwards()).containsExactly(any("localhost", 0, "localhost", 8000));
    assertThat(config.command()).isEmpty();
    assertThat(config.session()).isTrue();
  }

  @Test
  void pinggysLongLineWithKeywordsDebuggerAndRemoteOptions() throws Exception {
    TunnelConfig config =
        understood(
            "-p",
            "443",
            "-R0:localhost:8000",
            "-L4300:localhost:4300",
            "-t",
            "TOKEN+tcp+force@pro.pinggy.io",
            "x:https",
            "w:10.0.0.0/8");

    assertThat(config.user()).isEqualTo("TOKEN+tcp+force");
    assertThat(config.relay()).isEqualTo(new HostPort("pro.pinggy.io", 443));
    assertThat(config.command()).isEqualTo("x:https w:10.0.0.0/8");
    assertThat(config.localForwards())
        .containsExactly(new LocalForward("127.0.0.1", 4300, new HostPort("localhost", 4300)));
  }

  @Test
  void lineForAServerOfOnesOwn() throws Exception {
    TunnelConfig config =
        understood(
            "-p",
            "2222",
            "-i",
            "/keys/key",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "ServerAliveInterval=30",
            "-N",
            "-T",
            "-R",
            "127.0.0.1:9000:localhost:8000",
            "user@host");

    assertThat(config.relay()).isEqualTo(new HostPort("host", 2222));
    assertThat(config.user()).isEqualTo("user");
    assertThat(config.login().identities()).containsExactly(Path.of("/keys/key"));
    assertThat(config.trust().mode()).isEqualTo(HostKeyTrust.Mode.OFF);
    assertThat(config.keepaliveInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.session()).isFalse();
    assertThat(config.forwards()).containsExactly(any("127.0.0.1", 9000, "localhost", 8000));
  }

  @Test
  void severalForwardsKeepTheirOrder() throws Exception {
    assertThat(
            understood("-R", "80:localhost:3000", "-R", "5432:127.0.0.1:5432", "host").forwards())
        .containsExactly(
            any("localhost", 80, "localhost", 3000), any("localhost", 5432, "127.0.0.1", 5432));
  }

  @Test
  void valuesMayBeAttachedAndSwitchesClustered() throws Exception {
    TunnelConfig config =
        understood("-NTp443", "-oServerAliveInterval=5", "-4C", "-R0:localhost:1", "h");

    assertThat(config.relay().port()).isEqualTo(443);
    assertThat(config.session()).isFalse();
    assertThat(config.family()).isEqualTo(TunnelConfig.Family.IPV4);
    assertThat(config.compression()).isTrue();
    assertThat(config.keepaliveInterval()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void optionsMayFollowTheHostButNotTheCommand() throws Exception {
    TunnelConfig config =
        understood("-R", "0:localhost:1", "me@h", "-p", "7", "a:X-Name:-v", "-p", "8", "--json");

    assertThat(config.relay().port()).isEqualTo(7);
    assertThat(config.command()).isEqualTo("a:X-Name:-v -p 8 --json");
  }

  @Test
  void hostMayBeCalledLikeASubcommand() throws Exception {
    assertThat(understood("-R", "0:localhost:1", "demo").relay().host()).isEqualTo("demo");
    assertThat(understood("-R", "0:localhost:1", "--", "relay").relay().host()).isEqualTo("relay");
  }

  @Test
  void lastAtSignSplitsUserAndHost() throws Exception {
    TunnelConfig config = understood("-R0:localhost:1", "me@mail.example+tcp@relay.example");

    assertThat(config.user()).isEqualTo("me@mail.example+tcp");
    assertThat(config.relay().host()).isEqualTo("relay.example");
  }

  @Test
  void urlNamesUserHostAndPort() throws Exception {
    TunnelConfig config = understood("-R0:localhost:1", "ssh://a+b@[2001:db8::1]:2200");

    assertThat(config.user()).isEqualTo("a+b");
    assertThat(config.relay()).isEqualTo(new HostPort("2001:db8::1", 2200));
  }

  @Test
  void bindAddressesOfEveryKind() throws Exception {
    assertThat(
            understood(
                    "-R[::1]:9:[::1]:8",
                    "-R",
                    ":9:localhost:8",
                    "-R",
                    "*:9:localhost:8",
                    "-R",
                    "name.example:0:localhost:8",
                    "h")
                .forwards())
        .containsExactly(
            any("::1", 9, "::1", 8),
            any("", 9, "localhost", 8),
            any("*", 9, "localhost", 8),
            any("name.example", 0, "localhost", 8));
  }

  @Test
  void typedFormOfPinggyKeepsItsWordsAndTellsTheKind() throws Exception {
    assertThat(
            understood(
                    "-Rhttp//app.example.com:1:localhost:3000",
                    "-Rtcp//ssh.example.com/34567:1:localhost:22",
                    "-Rtls//example.com:1:localhost:8443",
                    "-Rtlstcp//abc.example.com/15421:1:localhost:22",
                    "h")
                .forwards())
        .extracting(Forward::kind, Forward::bindHost)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Forward.Kind.HTTP, "http//app.example.com"),
            org.assertj.core.groups.Tuple.tuple(Forward.Kind.TCP, "tcp//ssh.example.com/34567"),
            org.assertj.core.groups.Tuple.tuple(Forward.Kind.TLS, "tls//example.com"),
            org.assertj.core.groups.Tuple.tuple(
                Forward.Kind.TLSTCP, "tlstcp//abc.example.com/15421"));
  }

  @Test
  void switchesWithoutEffectAreTaken() throws Exception {
    assertThat(understood("-tt", "-T", "-nxak", "-e", "none", "-R0:localhost:1", "h").forwards())
        .hasSize(1);
  }

  @Test
  void portOfTheRelayFollowsItsName() throws Exception {
    assertThat(understood("-R0:localhost:1", "eu.pro.pinggy.io").relay().port()).isEqualTo(443);
    assertThat(understood("-R0:localhost:1", "sish.example").relay().port()).isEqualTo(22);
  }

  @Test
  void localForwardListensOnLoopbackUnlessTold() throws Exception {
    assertThat(understood("-L", "*:1:a:2", "-L", "[::1]:1:[::2]:3", "-L1:a:2", "h").localForwards())
        .isEqualTo(
            List.of(
                new LocalForward("0.0.0.0", 1, new HostPort("a", 2)),
                new LocalForward("::1", 1, new HostPort("::2", 3)),
                new LocalForward("127.0.0.1", 1, new HostPort("a", 2))));
  }

  private static Forward any(String bind, int port, String host, int hostPort) {
    return new Forward(Forward.Kind.ANY, bind, port, Target.plain(host, hostPort));
  }
}
