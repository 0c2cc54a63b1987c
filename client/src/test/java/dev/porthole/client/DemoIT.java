package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo, and our command at our own relay. */
@Timeout(60)
final class DemoIT {
  @TempDir Path home;

  @Test
  void demoChecksItself() {
    TestCommand command = new TestCommand(home);

    assertThat(command.run("demo", "--check")).as(command.err()).isZero();
    assertThat(command.out()).matches("(http://[a-z0-9-]+\\.localhost:[0-9]+\n)+");
    assertThat(command.err()).contains("the page, all ").endsWith("All well.\n");
  }

  @Test
  void theRehearsalIsAWholeRun() {
    TestCommand command = new TestCommand(home);

    assertThat(command.run("rehearse")).as(command.err()).isZero();
    assertThat(command.err())
        .contains("Ready.", "the page, all ", "an upload, sent back", "Closed.")
        .doesNotContain("Warning");
    assertThat(command.out()).as("its URL goes to its own stage").isEmpty();
  }

  @Test
  void demoStaysUntilCtrlC() throws Exception {
    TestCommand command = new TestCommand(home);
    CompletableFuture<Integer> code = command.start("demo");
    await().atMost(20, TimeUnit.SECONDS).until(() -> command.err().contains("Ready."));
    command.interrupt();

    assertThat(code.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--token=sesame-open", "--token-file=", "--keepalive=10"})
  void tcpThroughARelayThatWantsAToken(String option) throws Exception {
    TestCommand relay = new TestCommand(home);
    String file = Files.writeString(home.resolve("token"), "sesame-open\n").toString();
    if (option.startsWith("--keepalive")) {
      relay.variable("PORTHOLE_RELAY_TOKEN", "sesame-open");
    }
    CompletableFuture<Integer> relayEnd =
        relay.start("relay", option.endsWith("=") ? option + file : option);
    await().atMost(20, TimeUnit.SECONDS).until(() -> relay.err().contains("Ctrl-C stops."));
    String at = relay.out().replaceAll("(?s)SSH +(\\S+) .*", "$1");
    TestCommand client = new TestCommand(home).variable("PORTHOLE_TOKEN", "sesame-open");
    try (LocalService echo = Services.echo()) {
      CompletableFuture<Integer> end = client.start("tcp", "" + echo.port(), "--relay", at);
      await().atMost(20, TimeUnit.SECONDS).until(() -> client.err().contains("Ready."));
      assertThat(client.out()).startsWith("tcp://");
      int port = Integer.parseInt(client.out().strip().replaceAll(".*:", ""));

      assertThat(Visitor.exchange(port, "hello")).isEqualTo("hello");
      client.interrupt();
      assertThat(end.get()).isZero();
      assertThat(client.err()).doesNotContain("sesame");
    }
    TestCommand stranger = new TestCommand(home);
    assertThat(stranger.start("tcp", "1", "--relay", at))
        .as(() -> stranger.out() + stranger.err())
        .succeedsWithin(30, TimeUnit.SECONDS)
        .isEqualTo(8);
    relay.interrupt();
    assertThat(relayEnd.get()).isZero();
  }

  @Test
  void tokenFileThatIsNotThereIsNamed() {
    TestCommand relay = new TestCommand(home);
    assertThat(relay.run("relay", "--token-file", home.resolve("none").toString())).isEqualTo(1);
    assertThat(relay.err()).contains("The token file " + home.resolve("none") + " cannot be read");
  }

  @Test
  void limitBelowOneIsAUsageError() {
    TestCommand relay = new TestCommand(home);
    assertThat(relay.run("relay", "--max-visitors", "0")).isEqualTo(2);
    assertThat(relay.err()).contains("visitorsPerAddress: 0 (expected: at least 1)");
  }
}
