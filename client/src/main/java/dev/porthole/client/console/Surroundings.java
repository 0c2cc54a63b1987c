package dev.porthole.client.console;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the command takes from the process it runs in.
 *
 * @param environment the environment variables
 * @param home the user's home folder
 * @param out results only
 * @param err the story
 * @param signals Ctrl-C and its kin
 * @param prompt asks the person at the terminal
 */
public record Surroundings(
    Map<String, String> environment,
    Path home,
    PrintStream out,
    PrintStream err,
    StopSignals signals,
    Prompt prompt) {

  /** Copies the environment. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("user.home", ".")),
        System.out,
        System.err,
        new ProcessSignals(),
        Prompt.ofTerminal());
  }

  /** An environment variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
