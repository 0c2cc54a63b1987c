package dev.porthole.relay.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes through the relay and a stranger's client: all of them, and their end. */
@Timeout(120)
class RelayStrangersFlowIT {
  private static final long MANY = 64L * 1024 * 1024;
  private static final long SOME = 8L * 1024 * 1024;

  private static Relay relay;
  private static LocalService echo;
  private static LocalService answers;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    relay = Relay.builder().start();
    echo = Services.echo();
    answers = Services.answersAfterEnd(MANY);
  }

  @AfterAll
  static void close() {
    relay.close();
    echo.close();
    answers.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyByteArrivesAndTheEndOfEachWayAlone(RelayGuest guest) throws Exception {
    // To fixed ports: JSch can half-close behind those alone.
    try (StrangerClient client =
        guest.connect(
            folder,
            SshLogin.anonymous(relay.sshPort(), "tcp"),
            new RemoteForward("", FreePort.next(), answers.port()),
            new RemoteForward("localhost", FreePort.next(), echo.port()))) {
      questionAndAnswer(client.port(0));
      bothWaysAtOnce(client.port(1));
      assertThat(client.isAlive()).as(client.transcript()).isTrue();
    }
  }

  private static void questionAndAnswer(int port) throws IOException {
    try (Socket visitor = Visitor.connect(port)) {
      ByteFlow.Sum sent = ByteFlow.send(visitor.getOutputStream(), MANY, 7);
      visitor.shutdownOutput();
      assertThat(Visitor.readLine(visitor)).isEqualTo(sent.toString());
      assertThat(ByteFlow.receive(visitor.getInputStream())).isEqualTo(ByteFlow.expected(MANY, 1));
    }
  }

  private static void bothWaysAtOnce(int port) throws Exception {
    try (Socket visitor = Visitor.connect(port)) {
      CompletableFuture<ByteFlow.Sum> echoed =
          CompletableFuture.supplyAsync(() -> receive(visitor));
      ByteFlow.Sum sent = ByteFlow.send(visitor.getOutputStream(), SOME, 3);
      visitor.shutdownOutput();
      assertThat(echoed.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
    }
    await().untilAsserted(() -> assertThat(echo.open()).isZero());
  }

  private static ByteFlow.Sum receive(Socket visitor) {
    try {
      return ByteFlow.receive(visitor.getInputStream());
    } catch (IOException e) {
      throw new AssertionError("cut off", e);
    }
  }
}
