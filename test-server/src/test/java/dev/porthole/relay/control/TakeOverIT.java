package dev.porthole.relay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.relay.config.Limits;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that lost its connection gets its name back; nobody else gets it. */
@Timeout(60)
class TakeOverIT {
  private static final Limits QUICK =
      new Limits(Duration.ofMillis(500), 3, Duration.ofSeconds(30), 9, 9, 9, 99, 99);

  private Relay relay;
  private LocalService here;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.builder().token("ann").token("bob").limits(QUICK).start();
    here = Services.echo();
  }

  @AfterEach
  void stop() {
    here.close();
    relay.close();
  }

  @Test
  void sameOwnerTakesItsNameFromAConnectionThatLives() throws Exception {
    try (TestClient first = TestClient.connect(relay, "ann");
        TestClient second = TestClient.connect(relay, "ann")) {
      first.session("");
      first.forward("shop", 0, FreePort.next());
      assertThat(visit()).startsWith("HTTP/1.1 502 ");
      second.forward("shop", 0, here.port());
      assertThat(visit()).contains("does not answer in HTTP");
      await().untilAsserted(() -> assertThat(first.text()).contains("took over http://shop."));
      first.connection().keepalive().get(5, TimeUnit.SECONDS);
      first.forward("other", 0, here.port());
    }
  }

  /** What echoes a request does not speak HTTP, and the relay says so. */
  private String visit() {
    return Visitor.exchange(
        relay.httpPort(), "GET / HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n");
  }

  @Test
  void sameOwnerTakesItsPort() throws Exception {
    int port = FreePort.next();
    try (TestClient first = TestClient.connect(relay, "ann+tcp");
        TestClient second = TestClient.connect(relay, "ann+tcp")) {
      first.forward("", port, FreePort.next());
      second.forward("", port, here.port());
      assertThat(Visitor.exchange(port, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void nobodyElseTakesANameAlsoNotOfTheDead() throws Exception {
    try (RawClient dead = deadOwnerOfShop();
        TestClient rival = TestClient.connect(relay, "bob")) {
      assertThat(dead.session().isOpen()).isTrue();
      assertThatThrownBy(() -> rival.forward("shop", 0, 1)).hasMessageContaining("refused");
    }
  }

  @Test
  void ownerNeedNotWaitUntilItsDeadConnectionIsNoticed() throws Exception {
    try (RawClient dead = deadOwnerOfShop();
        TestClient back = TestClient.connect(relay, "ann")) {
      assertThat(dead.session().isOpen()).isTrue();
      assertThat(back.forward("shop", 0, 1).host()).isEqualTo("shop");
    }
  }

  /** Half a second, four times over. */
  @Test
  void nameOfADeadClientIsFreeSoon() throws Exception {
    try (RawClient dead = deadOwnerOfShop();
        TestClient next = TestClient.connect(relay, "bob")) {
      assertThat(dead.session().isOpen()).isTrue();
      await()
          .atMost(4, TimeUnit.SECONDS)
          .ignoreExceptions()
          .until(() -> next.forward("shop", 0, 1).host().equals("shop"));
    }
  }

  @Test
  void nameOfTheRelaysChoiceComesBackFromASilentConnection() throws Exception {
    String before = urlOfAnn();
    try (RawClient dead = new RawClient(relay, "ann")) {
      ask(dead, "");
      await().until(() -> !urlOfAnn().equals(before));
      dead.stopReading();
      await().until(() -> urlOfAnn().equals(before));
      assertThat(dead.session().isOpen()).isTrue();
    }
  }

  private String urlOfAnn() throws Exception {
    try (TestClient client = TestClient.connect(relay, "ann")) {
      client.forward("", 0, 1);
      client.session("");
      await().until(() -> client.text().contains("\n"));
      return client.text().lines().findFirst().orElseThrow();
    }
  }

  private RawClient deadOwnerOfShop() throws Exception {
    RawClient client = new RawClient(relay, "ann");
    ask(client, "shop");
    await().until(() -> !visit().startsWith("HTTP/1.1 404 "));
    client.stopReading();
    return client;
  }

  private static void ask(RawClient client, String name) throws Exception {
    client.send(
        SshConstants.SSH_MSG_GLOBAL_REQUEST,
        packet -> {
          packet.putString("tcpip-forward");
          packet.putBoolean(false);
          packet.putString(name);
          packet.putUInt(0);
        });
  }
}
