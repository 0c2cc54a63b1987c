package dev.porthole.relay.interop;

import dev.porthole.relay.Relay;
import dev.porthole.testing.Peers;
import dev.porthole.testing.RunningProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** OpenSSH's {@code ssh} as it is typed, with a session; only the account's files are kept out. */
final class StockSsh implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Pattern URL = Pattern.compile("^(?:http|tcp)://[a-z0-9.:-]+$");

  private final RunningProgram program;

  private StockSsh(RunningProgram program) {
    this.program = program;
  }

  /** Starts {@code ssh -p PORT} and the words; {@code -T} and the like are the caller's. */
  static StockSsh start(Relay relay, String... words) {
    List<String> command = new ArrayList<>(List.of(Peers.program("ssh").toString(), "-F", "none"));
    command.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "LogLevel=INFO"));
    command.addAll(List.of("-o", "UserKnownHostsFile=/dev/null", "-o", "IdentityAgent=none"));
    command.addAll(List.of("-p", Integer.toString(relay.sshPort())));
    command.addAll(List.of(words));
    return new StockSsh(
        RunningProgram.command(command).environment("SSH_ASKPASS_REQUIRE", "never").start());
  }

  /** Waits for a URL alone on its line. */
  String awaitUrl() {
    return program.awaitLine(URL.pattern(), LIMIT).group().strip();
  }

  String awaitLine(String regex) {
    return program.awaitLine(regex, LIMIT).group();
  }

  int awaitExit() {
    return program.awaitExit(LIMIT);
  }

  RunningProgram program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }
}
