package dev.porthole.relay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.relay.config.Limits;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One address gets its share, and hears it when it asks for more. */
@Timeout(60)
class CapsIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Relay relay(int clients, int strangers, int failed, int perAddress, int visitors)
      throws IOException {
    Limits limits = new Limits(LONG, 3, LONG, clients, strangers, failed, perAddress, visitors);
    return Relay.builder().limits(limits).token("ann").start();
  }

  @Test
  void connectionsOfClientsAreCounted() throws Exception {
    try (Relay relay = relay(2, 9, 9, 9, 9);
        TestClient one = TestClient.connect(relay, "ann")) {
      TestClient two = TestClient.connect(relay, "ann");
      assertThat(refusal(relay)).contains("Too many connections from your address.");
      assertThat(overheard(relay)).contains("Too many connections from your address.");
      two.close();
      await().untilAsserted(() -> assertThat(refusal(relay)).isEqualTo("SSH-2.0-Porthole_0.1\r\n"));
      assertThat(one.connection().closed()).isNotDone();
    }
  }

  /** What OpenSSH tells its user. */
  private static String overheard(Relay relay) {
    try (RunningProgram ssh =
        RunningProgram.start(
            Peers.program("ssh").toString(),
            "-F",
            "none",
            "-p",
            Integer.toString(relay.sshPort()),
            "127.0.0.1")) {
      assertThat(ssh.awaitExit(Duration.ofSeconds(20))).isEqualTo(255);
      return ssh.err();
    }
  }

  @Test
  void connectionsThatAreNotLoggedInAreFewer() throws Exception {
    try (Relay relay = relay(9, 2, 9, 9, 9);
        TestClient one = TestClient.connect(relay, "ann");
        TestClient two = TestClient.connect(relay, "ann");
        TestClient three = TestClient.connect(relay, "ann");
        Socket silent = Visitor.connect(relay.sshPort());
        Socket still = Visitor.connect(relay.sshPort())) {
      assertThat(List.of(one, two, three)).hasSize(3);
      assertThat(List.of(silent, still)).allMatch(Socket::isConnected);
      assertThat(refusal(relay)).contains("that are not logged in");
    }
  }

  @Test
  void guessersWait() throws Exception {
    try (Relay relay = relay(9, 9, 2, 9, 9)) {
      for (int guess = 0; guess < 2; guess++) {
        assertThatThrownBy(() -> TestClient.connect(relay, "wrong"))
            .hasMessageContaining("AuthenticationRefused");
      }
      await().untilAsserted(() -> assertThat(refusal(relay)).contains("Too many failed logins"));
    }
  }

  /** The relay's first words, which are the last when it lets nobody in. */
  private static String refusal(Relay relay) throws IOException {
    try (Socket socket = Visitor.connect(relay.sshPort())) {
      socket.setSoTimeout(300);
      StringBuilder said = new StringBuilder();
      try {
        for (int next = socket.getInputStream().read(); next >= 0; ) {
          said.append((char) next);
          next = socket.getInputStream().read();
        }
      } catch (SocketTimeoutException e) {
        return said.toString(); // it waits for us: we are in
      }
      return said.toString();
    }
  }

  @Test
  void visitorsOfAnAddressAreCounted() throws Exception {
    try (Relay relay = relay(9, 9, 9, 2, 9)) {
      assertThirdVisitorHears(relay, "HTTP/1.1 429 Too Many Requests\r\n");
    }
  }

  @Test
  void allVisitorsAreCounted() throws Exception {
    try (Relay relay = relay(9, 9, 9, 9, 2)) {
      assertThirdVisitorHears(relay, "HTTP/1.1 503 Service Unavailable\r\n");
    }
  }

  private static void assertThirdVisitorHears(Relay relay, String status) throws Exception {
    try (Socket one = Visitor.connect(relay.httpPort())) {
      Socket two = Visitor.connect(relay.httpPort());
      assertThat(ask(relay)).startsWith(status).contains("\r\nConnection: close\r\n");
      two.close();
      await().untilAsserted(() -> assertThat(ask(relay)).startsWith("HTTP/1.1 404 "));
      assertThat(one.isConnected()).isTrue();
    }
  }

  private static String ask(Relay relay) throws IOException {
    try (Socket socket = Visitor.connect(relay.httpPort())) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x.localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void visitorsOfPortsAreCountedToo() throws Exception {
    int port = FreePort.next();
    try (Relay relay = relay(9, 9, 9, 1, 9);
        LocalService echo = Services.echo();
        TestClient client = TestClient.connect(relay, "ann+tcp")) {
      client.forward("", port, echo.port());
      try (Socket one = Visitor.connect(port);
          Socket two = Visitor.connect(port)) {
        assertThat(Visitor.awaitEnd(two)).isNotNull();
        one.getOutputStream().write('x');
        assertThat(one.getInputStream().read()).isEqualTo('x');
      }
    }
  }
}
