package dev.porthole.relay.http;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A relay with a client for each story. */
@Timeout(60)
abstract class HttpStage {
  Relay relay;
  TestClient client;

  @BeforeEach
  final void start() throws Exception {
    relay = Relay.builder().start();
    client = TestClient.connect(relay, "");
    client.session("");
  }

  @AfterEach
  final void stop() {
    client.close();
    relay.close();
  }
}
