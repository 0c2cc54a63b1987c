package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.DropbearServer;
import dev.porthole.testing.server.StrangerServer;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Login;
import dev.porthole.tunnel.Login.Question;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that want a password: the user is asked once, and only then. */
@Timeout(60)
class PasswordLoginIT {
  private static final String PASSWORD = "open sesame";

  @TempDir Path folder;
  private final List<Question> asked = new CopyOnWriteArrayList<>();

  private TunnelConfig.Builder config(int port, String user, String answer) {
    Login login =
        new Login(
            List.of(),
            Optional.empty(),
            question -> {
              asked.add(question);
              return Optional.of(answer);
            });
    return TunnelConfig.builder(new HostPort("127.0.0.1", port))
        .user(user)
        .session(false)
        .login(login)
        .forward(new Forward(Forward.Kind.ANY, "localhost", 0, Target.plain("localhost", 1)));
  }

  /** Our relay offers it before the method password (RFC 4256). */
  @Test
  void keyboardInteractiveIsAnsweredWithThePassword() throws Exception {
    try (Relay relay = Relay.builder().password(PASSWORD).start();
        TestTunnel tunnel = TestTunnel.open(config(relay.sshPort(), "me", PASSWORD)).ready()) {
      assertThat(tunnel.tunnel().urls()).hasSize(1);
      assertThat(asked).hasSize(1).first().isInstanceOf(Question.Password.class);
    }
  }

  @Test
  void passwordLogsInWhereThereIsNoOtherMethod() throws Exception {
    SshKey other = SshKey.create(folder, "ed25519");
    try (StrangerServer dropbear =
            DropbearServer.start(folder, other.publicLine(), Optional.of(PASSWORD));
        TestTunnel tunnel =
            TestTunnel.open(config(dropbear.port(), dropbear.user(), PASSWORD)).ready()) {
      assertThat(tunnel.port(0)).isPositive();
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void wrongPasswordIsRefusedAndAppearsInNoMessage() throws Exception {
    try (Relay relay = Relay.builder().password(PASSWORD).start();
        TestTunnel tunnel = TestTunnel.open(config(relay.sshPort(), "me", "guessed"))) {
      assertThat(tunnel.failure())
          .isInstanceOf(TunnelException.AuthenticationRefused.class)
          .message()
          .doesNotContain("guessed");
      assertThat(asked).hasSize(1);
    }
  }
}
