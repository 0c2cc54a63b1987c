package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.SshAgent;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.HostKeyTrust;
import dev.porthole.tunnel.Login;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who we are to OpenSSH's server, and who it is to us. */
@Timeout(120)
final class OpenSshLoginIT extends OpenSshStage {

  @Test
  void keyFromTheAgentLogsIn() throws Exception {
    try (SshAgent agent = SshAgent.start(folder, List.of(key));
        TestTunnel tunnel =
            TestTunnel.open(
                    config()
                        .login(login(List.of(), Optional.of(agent.socket()), Optional.empty()))
                        .forward(forward(0, echo.port())))
                .ready()) {
      assertThat(Visitor.exchange(tunnel.port(0), "agent")).isEqualTo("agent");
    }
  }

  @Test
  void encryptedKeyOpensWithItsPassphrase() throws Exception {
    SshKey locked = SshKey.create(Files.createDirectory(folder.resolve("l")), "ed25519", "sesame");
    try (OpenSshServer server =
            OpenSshServer.start(Files.createDirectory(folder.resolve("s")), locked);
        TestTunnel tunnel =
            TestTunnel.open(
                    TestTunnel.to(server, locked, knownHosts)
                        .login(
                            login(List.of(locked.file()), Optional.empty(), Optional.of("sesame")))
                        .forward(forward(0, echo.port())))
                .ready()) {
      assertThat(Visitor.exchange(tunnel.port(0), "open")).isEqualTo("open");
    }
  }

  @Test
  void wrongPassphraseIsSaidClearly() throws Exception {
    SshKey locked = SshKey.create(Files.createDirectory(folder.resolve("l")), "rsa", "sesame");
    try (TestTunnel tunnel =
        TestTunnel.open(
            config()
                .login(login(List.of(locked.file()), Optional.empty(), Optional.of("wrong")))
                .forward(forward(0, echo.port())))) {
      assertThat(tunnel.failure())
          .isInstanceOf(TunnelException.AuthenticationRefused.class)
          .hasMessageContaining("the passphrase is wrong");
    }
  }

  @Test
  void wrongKeyIsRefusedWithTheMethodsLeft() throws Exception {
    SshKey other = SshKey.create(Files.createDirectory(folder.resolve("o")), "ecdsa");
    try (TestTunnel tunnel =
        TestTunnel.open(
            config()
                .login(login(List.of(other.file()), Optional.empty(), Optional.empty()))
                .forward(forward(0, echo.port())))) {
      assertThat(tunnel.failure())
          .isInstanceOf(TunnelException.AuthenticationRefused.class)
          .hasMessageContaining("publickey");
    }
  }

  @Test
  void unknownHostKeyIsRememberedOrRefused() throws Exception {
    HostKeyTrust strict = new HostKeyTrust(HostKeyTrust.Mode.STRICT, List.of(knownHosts));
    try (TestTunnel tunnel =
        TestTunnel.open(config().trust(strict).forward(forward(0, echo.port())))) {
      assertThat(tunnel.failure())
          .isInstanceOf(TunnelException.HostKeyRefused.class)
          .hasMessageContaining("is not known");
    }
    assertThat(knownHosts).doesNotExist();

    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      assertThat(tunnel.events(TunnelEvent.HostKeyRemembered.class)).hasSize(1);
    }
    assertThat(knownHosts).content().startsWith("[127.0.0.1]:" + sshd.port() + " ssh-ed25519 ");

    try (TestTunnel tunnel =
        TestTunnel.open(config().trust(strict).forward(forward(0, echo.port()))).ready()) {
      assertThat(tunnel.events(TunnelEvent.HostKeyRemembered.class)).isEmpty();
    }
  }

  @Test
  void changedHostKeyStopsBeforeAuthentication() throws Exception {
    SshKey another = SshKey.create(Files.createDirectory(folder.resolve("h")), "ed25519");
    Files.createDirectories(knownHosts.getParent());
    Files.writeString(knownHosts, another.knownHostsLine("127.0.0.1", sshd.port()));
    String before = Files.readString(knownHosts);

    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port())))) {
      assertThat(tunnel.failure())
          .isInstanceOf(TunnelException.HostKeyRefused.class)
          .hasMessageContaining("has changed")
          .hasMessageContaining("line 1")
          .hasMessageContaining("ssh-keygen -f");
      assertThat(tunnel.events(TunnelEvent.Authenticated.class)).isEmpty();
    }
    assertThat(knownHosts).hasContent(before);
  }

  private static Login login(List<Path> keys, Optional<Path> agent, Optional<String> answer) {
    return new Login(keys, agent, question -> answer);
  }
}
