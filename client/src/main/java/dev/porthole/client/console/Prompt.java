package dev.porthole.client.console;

import java.io.Console;
import java.util.Optional;

/** Asks a person for a secret. */
@FunctionalInterface
public interface Prompt {

  /** The answer, not shown while typed; empty if there is nobody to ask. */
  Optional<String> secret(String question);

  /** Nobody is there. */
  static Prompt nobody() {
    return question -> Optional.empty();
  }

  /** The terminal of this process, if it has one. */
  @SuppressWarnings("SystemConsoleNull") // asked again below, in the way of JDK 22
  static Prompt ofTerminal() {
    Console console = System.console();
    return console == null || !isTerminal(console)
        ? nobody()
        : question -> Optional.ofNullable(console.readPassword("%s ", question)).map(String::new);
  }

  /** From JDK 22 on there is a console even where there is no terminal. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
