package dev.porthole.client.grammar;

import java.util.Optional;

/** Port numbers as people type them. */
final class Ports {
  private Ports() {}

  /** The number, if it is one from {@code least} to 65535. */
  static Optional<Integer> parse(String text, int least) {
    if (!text.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text);
    return port >= least && port <= 65535 ? Optional.of(port) : Optional.empty();
  }
}
