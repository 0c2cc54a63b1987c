package dev.porthole.relay.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.testing.FreePort;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As the documents show it: a test names a relay and has one. */
@ExtendWith(RelayExtension.class)
final class RelayExtensionTest {
  private static int portOfAll;

  @BeforeAll
  static void noteTheRelay(Relay relay) {
    portOfAll = relay.sshPort();
  }

  @Test
  void testGetsARelayThatTakesClients(Relay relay) throws Exception {
    try (TestClient client = TestClient.connect(relay, "")) {
      assertThat(client.forward("shop", 0, FreePort.next()).port()).isPositive();
    }
  }

  @Test
  void testsOfAClassShareTheirRelay(Relay relay) {
    assertThat(relay.sshPort()).isEqualTo(portOfAll);
    assertThat(FreePort.isListening(relay.httpPort())).isTrue();
  }
}
