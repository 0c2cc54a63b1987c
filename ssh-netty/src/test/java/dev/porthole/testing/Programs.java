package dev.porthole.testing;

import java.time.Duration;
import java.util.List;

/** Runs programs that end by themselves. */
public final class Programs {
  private Programs() {}

  /**
   * How a program ended.
   *
   * @param exitCode its exit status
   * @param out standard output, at most the last {@value RunningProgram#LINES} lines
   * @param err standard error, likewise
   */
  public record Result(int exitCode, String out, String err) {}

  /** Runs it with no input and waits; a program that takes longer is ended and the test fails. */
  public static Result run(Duration limit, String... command) {
    return run(limit, RunningProgram.command(List.of(command)));
  }

  /** Runs it with no input and waits; a program that takes longer is ended and the test fails. */
  public static Result run(Duration limit, RunningProgram.Command command) {
    try (RunningProgram program = command.start()) {
      program.closeInput();
      int code = program.awaitExit(limit);
      return new Result(code, program.out(), program.err());
    }
  }

  /** As {@link #run}, and fails unless it exits with 0. */
  public static Result mustRun(Duration limit, String... command) {
    Result result = run(limit, command);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed: " + result);
    }
    return result;
  }
}
