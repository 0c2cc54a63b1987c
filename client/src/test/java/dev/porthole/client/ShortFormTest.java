package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TunnelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code porthole 8000}, and the configuration file behind it. */
final class ShortFormTest {
  @TempDir Path home;
  private TestCommand command;

  @BeforeEach
  void start() {
    command = new TestCommand(home);
  }

  @Test
  void portAloneIsSharedByTheRelayForAnyone() throws Exception {
    TunnelConfig config = command.understood("8000");

    assertThat(config.relay()).isEqualTo(new HostPort("free.pinggy.io", 443));
    assertThat(config.forwards())
        .containsExactly(
            new Forward(Forward.Kind.HTTP, "localhost", 0, Target.plain("localhost", 8000)));
  }

  @Test
  void servicesInEverySpelling() throws Exception {
    assertThat(target(":8000")).isEqualTo(Target.plain("localhost", 8000));
    assertThat(target("db.lan:5432")).isEqualTo(Target.plain("db.lan", 5432));
    assertThat(target("[::1]:80")).isEqualTo(Target.plain("::1", 80));
    assertThat(target("https://localhost:8443"))
        .isEqualTo(new Target(new HostPort("localhost", 8443), true));
    assertThat(target("https://app.lan/"))
        .isEqualTo(new Target(new HostPort("app.lan", 443), true));
    assertThat(target("http://localhost:3000")).isEqualTo(Target.plain("localhost", 3000));
  }

  private Target target(String word) throws Exception {
    return command.understood("http", word).forwards().get(0).target();
  }

  @Test
  void valueThatIsCalledLikeASubcommandIsAValue() throws Exception {
    TunnelConfig config = command.understood("8000", "--name", "demo", "--relay", "relay:2222");

    assertThat(config.relay()).isEqualTo(new HostPort("relay", 2222));
    assertThat(config.forwards().get(0).bindHost()).isEqualTo("demo");
  }

  @Test
  void kindStandsInFront() throws Exception {
    assertThat(command.understood("tcp", "5432").forwards().get(0).kind())
        .isEqualTo(Forward.Kind.TCP);
    assertThat(command.understood("tls", "8443").forwards().get(0).kind())
        .isEqualTo(Forward.Kind.TLS);
  }

  @Test
  void optionsMayStandAnywhere() throws Exception {
    TunnelConfig config =
        command.understood(
            "tcp", "5432", "--relay", "relay.example.com:2222", "--user", "me", "--name=db", "-N");

    assertThat(config.relay()).isEqualTo(new HostPort("relay.example.com", 2222));
    assertThat(config.user()).isEqualTo("me");
    assertThat(config.forwards().get(0).bindHost()).isEqualTo("db");
    assertThat(config.session()).isFalse();
  }

  @Test
  void remoteOptionsMayFollow() throws Exception {
    assertThat(command.understood("8000", "x:https", "-p", "443", "w:10.0.0.0/8").command())
        .isEqualTo("x:https w:10.0.0.0/8");
  }

  @Test
  void tokenComesFromTheEnvironmentAndLeadsToTheRelayForTokens() throws Exception {
    TunnelConfig config = command.variable("PORTHOLE_TOKEN", "secret").understood("8000");

    assertThat(config.token()).contains("secret");
    assertThat(config.relay().host()).isEqualTo("pro.pinggy.io");
    assertThat(config).asString().doesNotContain("secret");
    assertThat(command.understood("8000", "--token", "typed").token()).contains("typed");
  }

  @Test
  void tokenInTheUserNameLeavesNoRoomForAnother() throws Exception {
    command.variable("PORTHOLE_TOKEN", "secret");

    assertThat(command.understood("-R0:localhost:1", "OTHER+tcp@pro.pinggy.io").token()).isEmpty();
    assertThat(command.understood("-R0:localhost:1", "tcp+force@pro.pinggy.io").token())
        .contains("secret");
  }

  @Test
  void configurationFileFillsTheGaps() throws Exception {
    config(
        """
        relay: me.example:2200
        user: bob
        token: secret
        name: app
        identities: [~/.ssh/work, /keys/other]
        """);

    TunnelConfig config = command.understood("8000");

    assertThat(config.relay()).isEqualTo(new HostPort("me.example", 2200));
    assertThat(config.user()).isEqualTo("bob");
    assertThat(config.token()).contains("secret");
    assertThat(config.forwards().get(0).bindHost()).isEqualTo("app");
    assertThat(config.login().identities())
        .containsExactly(home.resolve(".ssh/work"), Path.of("/keys/other"));
    assertThat(command.understood("8000", "-l", "eve").user()).isEqualTo("eve");
  }

  @Test
  void tokenOfTheFileGoesToNoOtherRelay() throws Exception {
    config("relay: me.example\nuser: bob\ntoken: secret\n");

    TunnelConfig config = command.understood("8000", "--relay", "stranger.example");

    assertThat(config.token()).isEmpty();
    assertThat(config.user()).isEmpty();
    assertThat(command.understood("-R0:localhost:1", "me.example").token()).contains("secret");
  }

  @Test
  void fileLiesWhereTheEnvironmentSays() throws Exception {
    Path other = Files.createDirectories(home.resolve("xdg/porthole"));
    Files.writeString(other.resolve("config.yml"), "relay: there.example\n");

    command.variable("XDG_CONFIG_HOME", home.resolve("xdg").toString());

    assertThat(command.understood("8000").relay().host()).isEqualTo("there.example");
  }

  @Test
  void mistakesInTheFileNameTheLine() throws Exception {
    assertThat(mistake("relay: a\nrelais: b\n")).contains("line 2: unknown key \"relais\"");
    assertThat(mistake("relay: [a\n")).contains("line ");
    assertThat(mistake("relay:\n")).contains("line 1: relay needs a text");
    assertThat(mistake("- a\n")).contains("line 1: expected keys");
    assertThat(mistake("identities: a\n")).contains("line 1: identities needs a list");
    assertThat(mistake("relay: !!java.net.URL [x]\n")).contains("line 1");
  }

  private String mistake(String text) throws IOException {
    config(text);
    TestCommand one = new TestCommand(home);
    assertThat(one.run("8000", "--relay", "127.0.0.1:1")).isEqualTo(3);
    return one.err();
  }

  @Test
  void tokenThatOthersCanReadIsWarnedOf() throws Exception {
    Path file = config("token: secret\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    command.run("8000", "--relay", "127.0.0.1:1");

    assertThat(command.err()).contains("Warning: ").contains("chmod 600").doesNotContain("secret");
  }

  private Path config(String text) throws IOException {
    Path folder = Files.createDirectories(home.resolve(".config/porthole"));
    return Files.writeString(folder.resolve("config.yml"), text);
  }
}
