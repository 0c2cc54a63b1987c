package dev.porthole.testing.server;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** dropbear on 127.0.0.1, for the account that runs the test. */
public final class DropbearServer implements StrangerServer {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final int port = FreePort.next();
  private final String hostKey;
  private final RunningProgram program;

  private DropbearServer(Path folder, BorrowedAccount account, String... options) {
    Path keyFile = folder.resolve("host_key");
    hostKey = makeHostKey(keyFile);
    List<String> words =
        new ArrayList<>(
            List.of(
                Peers.program("dropbear").toString(),
                "-F",
                "-E",
                "-m",
                "-p",
                "127.0.0.1:" + port,
                "-r",
                keyFile.toString(),
                "-P",
                folder.resolve("pid").toString()));
    words.addAll(List.of(options));
    program = account.apply(RunningProgram.command(words)).start();
    program.awaitLine("Not backgrounding", LIMIT);
    awaitListening();
  }

  /** Lets the holder of one key in, and whoever knows the password if there is one. */
  public static DropbearServer start(
      Path parent, String authorizedKey, Optional<String> password, String... options) {
    Peers.program("dropbear");
    try {
      Path folder = Files.createTempDirectory(parent, "dropbear");
      return new DropbearServer(
          folder, BorrowedAccount.create(folder, List.of(authorizedKey), password), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String user() {
    return OpenSshServer.accountName();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<String> knownHosts() {
    return List.of("[127.0.0.1]:" + port + " " + hostKey);
  }

  @Override
  public RunningProgram program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }

  private static String makeHostKey(Path file) {
    String tool = Peers.program("dropbearkey").toString();
    return Programs.mustRun(LIMIT, tool, "-t", "ed25519", "-f", file.toString())
        .out()
        .lines()
        .filter(line -> line.startsWith("ssh-"))
        .map(line -> String.join(" ", List.of(line.split(" ")).subList(0, 2)))
        .findFirst()
        .orElseThrow();
  }

  /** It prints its one line before it listens. */
  private void awaitListening() {
    Awaitility.await().atMost(LIMIT).until(() -> FreePort.isListening(port));
  }
}
