package dev.porthole.relay.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code w:} counts for TCP tunnels too. */
@Timeout(60)
final class AddressesIT {

  @Test
  void visitorFromAnAllowedAddressIsServed() throws Exception {
    try (Relay relay = Relay.builder().start();
        TestClient client = TestClient.connect(relay, "tcp");
        LocalService echo = Services.echo()) {
      int port = client.forward("", 0, echo.port()).port();
      client.session("w:127.0.0.0/8");
      assertThat(Visitor.exchange(port, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void visitorFromAnotherAddressFindsItClosedAndTheServiceHearsNothing() throws Exception {
    try (Relay relay = Relay.builder().start();
        TestClient client = TestClient.connect(relay, "tcp");
        LocalService echo = Services.greeter("secret")) {
      int port = client.forward("", 0, echo.port()).port();
      // The visitor is there before the options are: it waits for them.
      try (Socket visitor = Visitor.connect(port)) {
        client.session("w:10.0.0.0/8");
        assertThat(visitor.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(echo.accepted()).isZero();
    }
  }
}
