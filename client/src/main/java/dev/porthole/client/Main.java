package dev.porthole.client;

import dev.porthole.client.console.Surroundings;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(CommandLines.run(args, Surroundings.ofProcess()));
  }
}
