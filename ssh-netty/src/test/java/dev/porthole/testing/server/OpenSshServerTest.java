package dev.porthole.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kit proved on itself: OpenSSH's client through OpenSSH's server. */
@Timeout(60)
class OpenSshServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void remoteForwardOfTheStockClientReachesALocalEcho() {
    SshKey key = SshKey.create(folder, "ed25519");
    try (OpenSshServer server = OpenSshServer.start(folder, key);
        LocalService echo = Services.echo();
        RunningProgram ssh = ssh(server, key, "-R", "0:127.0.0.1:" + echo.port())) {
      int port = Integer.parseInt(ssh.awaitLine("Allocated port (\\d+)", LIMIT).group(1));
      assertThat(Visitor.exchange(port, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void optionsOfTheServerAreObeyed() {
    SshKey key = SshKey.create(folder, "ed25519");
    try (OpenSshServer server = OpenSshServer.start(folder, key, "AllowTcpForwarding no");
        RunningProgram ssh = ssh(server, key, "-R", "0:127.0.0.1:1")) {
      assertThat(ssh.awaitExit(LIMIT)).isEqualTo(255);
      assertThat(ssh.err()).contains("remote port forwarding failed");
    }
  }

  @Test
  void keyThatIsNotAuthorizedDoesNotGetIn() {
    SshKey key = SshKey.create(folder, "ed25519");
    SshKey other = SshKey.create(folder, "ecdsa");
    try (OpenSshServer server = OpenSshServer.start(folder, key);
        RunningProgram ssh = ssh(server, other, "-R", "0:127.0.0.1:1")) {
      assertThat(ssh.awaitExit(LIMIT)).isEqualTo(255);
      assertThat(ssh.err()).contains("Permission denied");
    }
  }

  @Test
  void endedServerLeavesNoProcess() {
    SshKey key = SshKey.create(folder, "ed25519");
    OpenSshServer server = OpenSshServer.start(folder, key);
    server.close();
    assertThat(server.program().isAlive()).isFalse();
    assertThat(Programs.run(LIMIT, "kill", "-0", Long.toString(server.program().pid())).exitCode())
        .isNotZero();
  }

  private static RunningProgram ssh(OpenSshServer server, SshKey key, String... more) {
    java.util.List<String> words =
        new java.util.ArrayList<>(
            java.util.List.of(
                Peers.program("ssh").toString(),
                "-F",
                "none",
                "-N",
                "-v",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "ExitOnForwardFailure=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-i",
                key.file().toString(),
                "-p",
                Integer.toString(server.port()),
                server.user() + "@127.0.0.1"));
    words.addAll(4, java.util.List.of(more));
    return RunningProgram.command(words).start();
  }
}
