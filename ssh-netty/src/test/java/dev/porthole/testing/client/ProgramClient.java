package dev.porthole.testing.client;

import dev.porthole.testing.RunningProgram;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/** A client that is a process of its own. */
final class ProgramClient implements StrangerClient {
  private final RunningProgram program;
  private final IntUnaryOperator ports;
  private final Runnable cancel;

  ProgramClient(RunningProgram program, IntUnaryOperator ports, Runnable cancel) {
    this.program = program;
    this.ports = ports;
    this.cancel = cancel;
  }

  /** A script of ours: prints "forward PORT" per forward and obeys "cancel". */
  static ProgramClient script(RunningProgram program) {
    return new ProgramClient(
        program,
        index -> scriptPort(program, index),
        () -> {
          program.writeLine("cancel");
          program.awaitLine("^cancelled", Strangers.LIMIT);
        });
  }

  private static int scriptPort(RunningProgram program, int index) {
    Duration limit = Strangers.LIMIT;
    program.awaitLine("^ready", limit);
    return Integer.parseInt(
        program
            .out()
            .lines()
            .filter(line -> line.startsWith("forward "))
            .skip(index)
            .findFirst()
            .orElseThrow()
            .substring("forward ".length()));
  }

  @Override
  public int port(int index) {
    return ports.applyAsInt(index);
  }

  @Override
  public void cancelFirst() {
    cancel.run();
  }

  @Override
  public boolean isAlive() {
    return program.isAlive();
  }

  @Override
  public String transcript() {
    return program.toString();
  }

  @Override
  public void close() {
    program.close();
  }
}
