package dev.porthole.relay.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * Strangers that ask each second whether the relay is there. Most give up when three questions stay
 * without an answer, JSch after one. All of them wait at once, so that it takes no longer than for
 * one.
 */
@Timeout(30)
class RelayStrangersKeepaliveIT {
  private static final Duration STAY = Duration.ofMillis(4_500);

  private static final Map<RelayGuest, StrangerClient> RUNNING = new EnumMap<>(RelayGuest.class);
  private static final Map<RelayGuest, TestAbortedException> MISSING =
      new EnumMap<>(RelayGuest.class);

  @TempDir static Path folder;

  private static Relay relay;
  private static LocalService echo;

  @BeforeAll
  static void startAll() throws IOException {
    relay = Relay.builder().start();
    echo = Services.echo();
    for (RelayGuest guest : RelayGuest.values()) {
      Path own = Files.createDirectory(folder.resolve(guest.name()));
      SshLogin login = SshLogin.anonymous(relay.sshPort(), "tcp").keepalive(1);
      try {
        RUNNING.put(
            guest, guest.connect(own, login, new RemoteForward("", FreePort.next(), echo.port())));
      } catch (TestAbortedException e) {
        MISSING.put(guest, e);
      }
    }
    RUNNING.values().forEach(client -> client.port(0));
    long began = System.nanoTime();
    await().until(() -> System.nanoTime() - began > STAY.toNanos());
  }

  @AfterAll
  static void endAll() {
    RUNNING.values().forEach(StrangerClient::close);
    RUNNING.clear();
    echo.close();
    relay.close();
  }

  @ParameterizedTest
  @EnumSource
  void answeredKeepalivesKeepTheConnection(RelayGuest guest) {
    if (MISSING.containsKey(guest)) {
      throw MISSING.get(guest);
    }
    StrangerClient client = RUNNING.get(guest);
    assertThat(client.isAlive()).as(client.transcript()).isTrue();
    assertThat(Visitor.exchange(client.port(0), "here")).isEqualTo("here");
  }
}
