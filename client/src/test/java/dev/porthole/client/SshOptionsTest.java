package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.tunnel.HostKeyTrust.Mode;
import dev.porthole.tunnel.Login.Question;
import dev.porthole.tunnel.TunnelConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -o}: what has an effect, what has none, what is refused. */
final class SshOptionsTest {
  @TempDir Path home;

  private TunnelConfig with(String... options) throws Exception {
    List<String> words = new ArrayList<>();
    Arrays.stream(options).forEach(option -> words.addAll(List.of("-o", option)));
    words.addAll(List.of("-R0:localhost:1", "h"));
    return new TestCommand(home)
        .variable("SSH_AUTH_SOCK", "/agent")
        .understood(words.toArray(String[]::new));
  }

  @Test
  void keyAndValueInEverySpelling() throws Exception {
    for (String typed : List.of("Port=7", "port 7", "PORT = 7", " Port  7 ", "Port=\"7\"")) {
      assertThat(with(typed).relay().port()).as(typed).isEqualTo(7);
    }
  }

  @Test
  void strictnessOfHostKeys() throws Exception {
    assertThat(with("StrictHostKeyChecking=yes").trust().mode()).isEqualTo(Mode.STRICT);
    assertThat(with("StrictHostKeyChecking=accept-new").trust().mode()).isEqualTo(Mode.ACCEPT_NEW);
    assertThat(with("StrictHostKeyChecking=ask").trust().mode()).isEqualTo(Mode.ACCEPT_NEW);
    assertThat(with("StrictHostKeyChecking=no").trust().mode()).isEqualTo(Mode.OFF);
    assertThat(with().trust().mode()).isEqualTo(Mode.ACCEPT_NEW);
  }

  @Test
  void filesOfKnownHosts() throws Exception {
    assertThat(with().trust().knownHosts()).containsExactly(home.resolve(".ssh/known_hosts"));
    assertThat(with("UserKnownHostsFile=/dev/null").trust().knownHosts())
        .containsExactly(Path.of("/dev/null"));
    assertThat(with("UserKnownHostsFile=~/a /b").trust().knownHosts())
        .containsExactly(home.resolve("a"), Path.of("/b"));
    assertThat(with("UserKnownHostsFile=none").trust().knownHosts()).isEmpty();
  }

  @Test
  void timesAndCounts() throws Exception {
    TunnelConfig config =
        with("ServerAliveInterval=1m", "ServerAliveCountMax=5", "ConnectTimeout=7");

    assertThat(config.keepaliveInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.keepaliveMisses()).isEqualTo(5);
    assertThat(config.connectLimit()).isEqualTo(Duration.ofSeconds(7));
    assertThat(with("ServerAliveInterval=0").keepaliveInterval()).isZero();
  }

  @Test
  void switches() throws Exception {
    TunnelConfig config =
        with("ExitOnForwardFailure=yes", "Compression yes", "AddressFamily=inet6", "User=bob");

    assertThat(config.requireAllForwards()).isTrue();
    assertThat(config.compression()).isTrue();
    assertThat(config.family()).isEqualTo(TunnelConfig.Family.IPV6);
    assertThat(config.user()).isEqualTo("bob");
    assertThat(with("Ciphers=aes128-ctr,aes256-ctr").ciphers())
        .containsExactly("aes128-ctr", "aes256-ctr");
    assertThat(with("SessionType=none").session()).isFalse();
  }

  @Test
  void forwardsInTheSpellingOfTheConfiguration() throws Exception {
    TunnelConfig config =
        new TestCommand(home)
            .understood(
                "-oRemoteForward=9000 localhost:8000", "-o", "LocalForward 1 localhost:2", "h");

    assertThat(config.forwards()).hasToString("[localhost:9000 -> localhost:8000]");
    assertThat(config.localForwards()).hasSize(1);
  }

  @Test
  void keysOnesOwnAndTheAgent() throws Exception {
    Path key = Files.createFile(Files.createDirectory(home.resolve(".ssh")).resolve("id_ed25519"));

    assertThat(with().login().identities()).containsExactly(key);
    assertThat(with().login().agentSocket()).contains(Path.of("/agent"));
    assertThat(with("IdentityFile=~/k").login().identities()).containsExactly(home.resolve("k"));
    assertThat(with("IdentitiesOnly=yes").login().agentSocket()).isEmpty();
    assertThat(with("IdentityAgent=none").login().agentSocket()).isEmpty();
    assertThat(with("IdentityAgent=/other").login().agentSocket()).contains(Path.of("/other"));
    assertThat(with("PubkeyAuthentication=no").login().identities()).isEmpty();
    assertThat(with("PreferredAuthentications=password").login().agentSocket()).isEmpty();
  }

  @Test
  void nobodyIsAskedInBatchMode() throws Exception {
    assertThat(with("BatchMode=yes").login().secrets().apply(new Question.Password("u", "h")))
        .isEmpty();
  }

  @Test
  void harmlessKeysAreTaken() throws Exception {
    assertThat(with("LogLevel=ERROR", "TCPKeepAlive=yes", "RequestTTY=no", "ControlMaster=no"))
        .isNotNull();
  }

  @Test
  void otherKeysAndValuesAreRefusedByName() {
    assertThatThrownBy(() -> with("KexAlgorithms=x")).hasMessageStartingWith("-o KexAlgorithms: ");
    assertThatThrownBy(() -> with("ProxyCommand=nc")).hasMessageContaining("ssh -L");
    assertThatThrownBy(() -> with("Compression=maybe"))
        .hasMessage("-o Compression=maybe: expected yes or no.");
    assertThatThrownBy(() -> with("Port")).hasMessageContaining("expected KEY=VALUE");
  }
}
