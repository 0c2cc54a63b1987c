package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the command ends, against OpenSSH's server and against things that are none. */
@Timeout(60)
final class EndsIT {
  @TempDir Path folder;
  private SshKey key;
  private OpenSshServer sshd;
  private LocalService echo;
  private TestCommand command;

  @BeforeEach
  void start() {
    key = SshKey.create(folder, "ed25519");
    sshd = OpenSshServer.start(folder, key, "GatewayPorts clientspecified");
    echo = Services.echo();
    command = new TestCommand(folder);
  }

  @AfterEach
  void stop() {
    sshd.close();
    echo.close();
  }

  private String[] line(String... more) {
    return line(sshd.port(), more);
  }

  private String[] line(int port, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(
        List.of("-p", "" + port, "-i", key.file().toString(), "-N", "-o", "ConnectTimeout=2"));
    words.add(sshd.user() + "@127.0.0.1");
    return words.toArray(String[]::new);
  }

  private String share(int port) {
    return "-R127.0.0.1:" + port + ":localhost:" + echo.port();
  }

  private int urlPort() {
    await().atMost(20, TimeUnit.SECONDS).until(() -> command.out().endsWith("\n"));
    return Integer.parseInt(command.out().strip().replaceAll(".*:", ""));
  }

  @Test
  void urlStandsAloneOnStandardOutputAndCtrlCEndsInPeace() throws Exception {
    CompletableFuture<Integer> code = command.start(line(share(0)));

    assertThat(Visitor.exchange(urlPort(), "hello")).isEqualTo("hello");
    command.interrupt();

    assertThat(code.get()).isZero();
    assertThat(command.out()).matches("tcp://127.0.0.1:[0-9]+\n");
    assertThat(command.err())
        .contains("Connecting to 127.0.0.1:")
        .contains("remembered in " + folder.resolve(".ssh/known_hosts"))
        .contains("Ready. Ctrl-C stops.")
        .contains("Once more stops at once.")
        .endsWith("Closed.\n");
  }

  @Test
  void secondCtrlCWaitsForNobody() throws Exception {
    CompletableFuture<Integer> code = command.start(line(share(0)));
    try (Socket visitor = Visitor.connect(urlPort())) {
      visitor.getOutputStream().write("x\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(Visitor.readLine(visitor)).startsWith("x");
      command.interrupt();
      await().until(() -> command.err().contains("waiting for 1 inside"));
      // A second signal within a moment counts as an echo of the first.
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(
              () -> {
                command.interrupt();
                return code.isDone();
              });

      assertThat(code.get()).isEqualTo(130);
    }
  }

  @Test
  void jsonTellsOneEventPerLineAndNothingElse() throws Exception {
    CompletableFuture<Integer> code = command.start(line(share(0), "--json"));
    await().until(() -> command.out().contains("\"type\":\"ready\""));
    command.interrupt();

    assertThat(code.get()).isZero();
    assertThat(command.out().lines())
        .allSatisfy(line -> assertThat(line).matches("\\{\"time\":\"[0-9T:.-]+Z\",\"type\":.*}"))
        .extracting(line -> line.replaceAll(".*\"type\":\"([a-z_]+)\".*", "$1"))
        .containsExactly(
            "connecting",
            "connected",
            "host_key_remembered",
            "authenticated",
            "forward",
            "url",
            "ready",
            "draining",
            "closed");
  }

  @Test
  void nameWithoutAnAddressIs4() {
    assertThat(command.run(share(0), "nobody.invalid")).isEqualTo(4);
    assertThat(command.err()).contains("porthole: Could not find nobody.invalid");
  }

  @Test
  void closedPortAndSilentPortAreNotReached() {
    assertThat(command.run(line(FreePort.next(), share(0)))).isEqualTo(5);
    assertThat(command.err()).contains("connection refused");
    try (LocalService silent = Services.silent()) {
      assertThat(command.run(line(silent.port(), share(0)))).isIn(5, 6);
    }
  }

  @Test
  void webServerIsNoRelay() {
    try (LocalService web =
        LocalService.start(
            socket -> {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              socket.shutdownOutput();
            })) {
      assertThat(command.run(line(web.port(), share(0)))).isEqualTo(6);
      assertThat(command.err()).contains("Could not speak SSH with", "it looks like HTTP");
    }
  }

  @Test
  void changedHostKeyIs7() throws Exception {
    SshKey other = SshKey.create(Files.createDirectory(folder.resolve("o")), "ed25519");
    Files.createDirectories(folder.resolve(".ssh"));
    Files.writeString(
        folder.resolve(".ssh/known_hosts"), other.knownHostsLine("127.0.0.1", sshd.port()));

    assertThat(command.run(line(share(0)))).isEqualTo(7);
    assertThat(command.err()).contains("has changed");
  }

  @Test
  void wrongKeyIs8() {
    key = SshKey.create(folder, "ecdsa");

    assertThat(command.run(line(share(0)))).isEqualTo(8);
    assertThat(command.err()).contains("publickey").doesNotContain("\tat ");
  }

  @Test
  void stackTraceComesWithVerboseOnly() {
    assertThat(command.run(line(FreePort.next(), share(0), "-v"))).isEqualTo(5);
    assertThat(command.err()).contains("\tat ");
  }

  @Test
  void busyPortIs9AndIsSaidOnce() {
    try (LocalService busy = Services.silent()) {
      assertThat(command.run(line(share(busy.port())))).isEqualTo(9);
      assertThat(command.err()).containsOnlyOnce("does not stand");
    }
  }

  @Test
  void oneBusyPortIsSaidWhileTheOtherForwardStands() throws Exception {
    try (LocalService busy = Services.silent()) {
      CompletableFuture<Integer> code = command.start(line(share(busy.port()), share(0)));
      urlPort();
      command.interrupt();

      assertThat(code.get()).isZero();
      assertThat(command.err()).containsOnlyOnce("does not stand");
      assertThat(command.run(line(share(busy.port()), share(0), "-oExitOnForwardFailure=yes")))
          .isEqualTo(9);
    }
  }

  @Test
  void logGoesToTheFileItWasToldTo() throws Exception {
    Path log = folder.resolve("log");
    CompletableFuture<Integer> code = command.start(line(share(0), "-vv", "-E", log.toString()));
    urlPort();
    command.interrupt();

    assertThat(code.get()).isZero();
    assertThat(log).exists();
    assertThat(command.run("8000", "-E", "/nowhere/log")).isEqualTo(2);
  }
}
