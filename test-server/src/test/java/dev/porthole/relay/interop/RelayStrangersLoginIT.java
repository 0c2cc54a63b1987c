package dev.porthole.relay.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.relay.RelayBuilder;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may in, for every stranger and every rule. Method none is how the other tests log in. */
@Timeout(30)
class RelayStrangersLoginIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path keys;

  private static LocalService echo;
  private static SshKey right;
  private static SshKey other;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() {
    echo = Services.echo();
    right = SshKey.create(keys, "ed25519");
    other = SshKey.create(keys, "ed25519");
  }

  @AfterAll
  static void close() {
    echo.close();
  }

  @ParameterizedTest
  @EnumSource
  void wordAuthInTheUserNameTakesAnyPassword(RelayGuest guest) throws Exception {
    try (Relay relay = Relay.builder().start()) {
      isIn(guest, SshLogin.withPassword(relay.sshPort(), "auth+tcp", "whatever"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rightPasswordAndNoOther(RelayGuest guest) throws Exception {
    try (Relay relay = Relay.builder().password("open sesame").start()) {
      isIn(guest, SshLogin.withPassword(relay.sshPort(), "tcp", "open sesame"));
      isOut(guest, SshLogin.withPassword(relay.sshPort(), "tcp", "open barley"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyKey(RelayGuest guest) throws Exception {
    try (Relay relay = Relay.builder().anyKey().start()) {
      isIn(guest, SshLogin.withKey(relay.sshPort(), "tcp", other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void authorizedKeyAndNoOther(RelayGuest guest) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), "# us\n" + right.publicLine() + "\n");
    try (Relay relay = Relay.builder().authorizedKeys(file).start()) {
      isIn(guest, SshLogin.withKey(relay.sshPort(), "tcp", right));
      // With a password too, so that nobody is asked for one.
      isOut(guest, withBoth(relay, "tcp", other, "guess"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void tokenInTheUserNameOrAsThePasswordAndNoOther(RelayGuest guest) throws Exception {
    RelayBuilder tokens = Relay.builder().token("tea4two");
    try (Relay relay = tokens.start()) {
      isIn(guest, SshLogin.anonymous(relay.sshPort(), "tea4two+tcp"));
      isIn(guest, SshLogin.withPassword(relay.sshPort(), "tcp", "tea4two"));
      isOut(guest, SshLogin.withPassword(relay.sshPort(), "tea4three+tcp", "tea4four"));
    }
  }

  private static SshLogin withBoth(Relay relay, String user, SshKey key, String password) {
    return new SshLogin(
        relay.sshPort(), user, Optional.of(key), Optional.of(password), 0, Optional.empty());
  }

  private void isIn(RelayGuest guest, SshLogin login) {
    try (StrangerClient client = connect(guest, login, FreePort.next())) {
      assertThat(FreePort.isListening(client.port(0))).isTrue();
    }
  }

  private void isOut(RelayGuest guest, SshLogin login) {
    int port = FreePort.next();
    try (StrangerClient client = connect(guest, login, port)) {
      await().atMost(LIMIT).until(() -> !client.isAlive());
      await()
          .untilAsserted(
              () ->
                  assertThat(client.transcript())
                      .containsPattern("(?i)auth|denied|password|refused"));
      assertThat(FreePort.isListening(port)).isFalse();
    }
  }

  private StrangerClient connect(RelayGuest guest, SshLogin login, int port) {
    try {
      Path own = Files.createTempDirectory(folder, "login");
      return guest.connect(own, login, new RemoteForward("", port, echo.port()));
    } catch (IOException e) {
      throw new AssertionError("no temporary folder", e);
    }
  }
}
