package dev.porthole.testing.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.DropbearServer;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.testing.server.ScriptServer;
import dev.porthole.testing.server.StrangerServer;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit without us: strangers among themselves. What fails here is not our fault. */
@Timeout(60)
class StrangersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyClientForwardsThroughOpenSsh(Strangers client) {
    SshKey key = SshKey.create(folder, "ed25519");
    try (OpenSshServer server = OpenSshServer.start(folder, key)) {
      twoForwards(client, SshLogin.withKey(server.port(), server.user(), key));
    }
  }

  @ParameterizedTest
  @EnumSource
  void passwordOpensDropbear(Strangers client) {
    SshKey key = SshKey.create(folder, "ed25519");
    Optional<String> password = Optional.of("open sesame");
    try (StrangerServer server = DropbearServer.start(folder, key.publicLine(), password)) {
      twoForwards(client, SshLogin.withPassword(server.port(), server.user(), password.get()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void asyncSshLetsEverybodyIn(Strangers client) {
    try (StrangerServer server = ScriptServer.asyncSsh(folder, "--none")) {
      twoForwards(client, SshLogin.anonymous(server.port(), server.user()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void ssh2LetsKeysIn(Strangers client) throws Exception {
    SshKey key = SshKey.create(folder, "ed25519");
    Path authorized = Files.writeString(folder.resolve("key.pub"), key.publicLine());
    try (StrangerServer server = ScriptServer.ssh2(folder, "--authorized", authorized.toString())) {
      twoForwards(client, SshLogin.withKey(server.port(), server.user(), key));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DBCLIENT", "PLINK"})
  void cancelledForwardIsGoneAndTheOtherStays(Strangers client) {
    SshKey key = SshKey.create(folder, "ed25519");
    try (OpenSshServer server = OpenSshServer.start(folder, key);
        LocalService echo = Services.echo();
        StrangerClient running =
            client.connect(
                folder,
                SshLogin.withKey(server.port(), server.user(), key),
                new RemoteForward("127.0.0.1", FreePort.next(), echo.port()),
                new RemoteForward("127.0.0.1", FreePort.next(), echo.port()))) {
      int first = running.port(0);
      int second = running.port(1);
      running.cancelFirst();
      Awaitility.await().until(() -> !FreePort.isListening(first));
      assertThat(Visitor.exchange(second, "still here")).isEqualTo("still here");
    }
  }

  @Test
  void eagerServerIsAnsweredByOpenSsh() {
    try (ScriptServer server = ScriptServer.asyncSsh(folder, "--none", "--eager");
        LocalService echo = Services.echo();
        StrangerClient client =
            Strangers.SSH.connect(
                folder,
                SshLogin.anonymous(server.port(), "guest"),
                new RemoteForward("localhost", 1001, echo.port()))) {
      assertThat(client.port(0)).isEqualTo(1001);
      server.program().awaitLine("eager served 1 failed 0", Strangers.LIMIT);
    }
  }

  private void twoForwards(Strangers client, SshLogin login) {
    int wanted = client.takesPortZero() ? 0 : FreePort.next();
    try (LocalService echo = Services.echo();
        LocalService other = Services.greeter("other\n");
        StrangerClient running =
            client.connect(
                folder,
                login,
                new RemoteForward("localhost", wanted, echo.port()),
                new RemoteForward("localhost", FreePort.next(), other.port()))) {
      assertThat(Visitor.exchange(running.port(0), "hello")).isEqualTo("hello");
      assertThat(Visitor.exchange(running.port(1), "x")).isEqualTo("other\nx");
    }
  }
}
