package dev.porthole.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients who break SSH's rules lose their connection; nobody else does. */
@Timeout(60)
class ProtocolAbuseIT {
  private Relay relay;
  private TestClient bystander;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.builder().start();
    bystander = TestClient.connect(relay, "");
  }

  @AfterEach
  void bystanderIsWell() throws Exception {
    bystander.connection().keepalive().get(5, TimeUnit.SECONDS);
    bystander.close();
    relay.close();
  }

  private void assertEnds(Abuse abuse) throws Exception {
    try (RawClient client = new RawClient(relay)) {
      abuse.by(client);
      assertThat(client.awaitDisconnect()).isEqualTo(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR);
    }
  }

  @Test
  void dataBeyondTheWindow() throws Exception {
    assertEnds(
        client -> {
          client.openSession(1024, 1024);
          for (int i = 0; i < 9; i++) {
            client.data(1, 32 * 1024);
          }
        });
  }

  @Test
  void dataInPacketsTooLarge() throws Exception {
    assertEnds(
        client -> {
          client.openSession(1024, 1024);
          client.data(1, 33 * 1024);
        });
  }

  @Test
  void dataBehindEof() throws Exception {
    assertEnds(
        client -> {
          client.openSession(1024, 1024);
          client.send(SshConstants.SSH_MSG_CHANNEL_EOF, packet -> packet.putUInt(1));
          client.send(SshConstants.SSH_MSG_CHANNEL_EOF, packet -> packet.putUInt(1));
          client.data(1, 1);
        });
  }

  @Test
  void windowAboveFourGibibytes() throws Exception {
    assertEnds(
        client -> {
          client.openSession(0xFFFF_FFFFL, 1024);
          client.send(
              SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST,
              packet -> {
                packet.putUInt(1);
                packet.putUInt(1);
              });
        });
  }

  @Test
  void packetsOfNoBytes() throws Exception {
    assertEnds(client -> client.openSession(1024, 0));
  }

  @Test
  void packetsForUnknownChannelsAreIgnored() throws Exception {
    try (RawClient client = new RawClient(relay)) {
      for (int channel = 0; channel < 1000; channel++) {
        client.data(channel, 1);
      }
      assertAlive(client);
    }
  }

  @Test
  void floodOfOpensIsRefusedAboveASmallNumber() throws Exception {
    try (RawClient client = new RawClient(relay)) {
      for (int i = 0; i < 50_000; i++) {
        client.openSession(1024, 1024);
      }
      assertAlive(client);
      // Number 64 is there; 65 is not, so nothing of it can break a rule.
      client.data(65, 33 * 1024);
      assertAlive(client);
      client.data(64, 33 * 1024);
      assertThat(client.awaitDisconnect()).isEqualTo(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR);
    }
  }

  /** It could have the relay keep all the answers. */
  @Test
  void clientThatReadsNothingIsNotHeardAnyMore() throws Exception {
    try (RawClient client = new RawClient(relay)) {
      client.stopReading();
      boolean stalled = false;
      for (int i = 0; i < 1_000_000 && !stalled; i++) {
        IoWriteFuture written =
            client.send(
                SshConstants.SSH_MSG_GLOBAL_REQUEST,
                packet -> {
                  packet.putString("nothing@example.com");
                  packet.putBoolean(true);
                });
        stalled = i % 1000 == 0 && !written.await(3, TimeUnit.SECONDS);
      }
      assertThat(stalled).as("the relay stopped reading").isTrue();
      client.goOnReading();
      assertAlive(client);
    }
  }

  @Test
  void keyExchangesWithoutEnd() throws Exception {
    assertEnds(
        client -> {
          for (int i = 0; i < 20 && client.session().isOpen(); i++) {
            client.exchangeKeys();
          }
        });
  }

  private static void assertAlive(RawClient client) throws Exception {
    CompletableFuture<Object> answered = new CompletableFuture<>();
    Buffer ask = client.session().createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    ask.putString("keepalive@openssh.com");
    ask.putBoolean(true);
    client
        .session()
        .request(ask, "keepalive@openssh.com", (code, reply) -> answered.complete(code));
    answered.get(20, TimeUnit.SECONDS);
  }

  /** What a client does that it must not. */
  private interface Abuse {
    void by(RawClient client) throws Exception;
  }
}
