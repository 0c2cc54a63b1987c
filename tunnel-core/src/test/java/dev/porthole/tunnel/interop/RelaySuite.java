package dev.porthole.tunnel.interop;

import dev.porthole.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What all suites share: a fresh relay for each story, and an end for everything it started. */
@Timeout(120)
abstract class RelaySuite {
  static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private RelayUnderTest relay;

  /** Starts the relay; its files go below the folder. */
  abstract RelayUnderTest start(Path below) throws Exception;

  @BeforeEach
  final void startRelay() throws Exception {
    relay = until(start(folder));
  }

  @AfterEach
  final void endEverything() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }

  final RelayUnderTest relay() {
    return relay;
  }

  /** Closes it when the story is over, last come, first gone. */
  final <T extends AutoCloseable> T until(T resource) {
    started.push(resource);
    return resource;
  }

  /** Starts a program that prints "listening PORT", and returns the port. */
  final int listening(String... words) {
    RunningProgram program = until(RunningProgram.command(List.of(words)).start());
    return Integer.parseInt(program.awaitLine("^listening (\\d+)", LIMIT).group(1));
  }
}
