package dev.porthole.client;

import dev.porthole.client.console.Prompt;
import dev.porthole.client.console.Surroundings;
import dev.porthole.tunnel.TunnelConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The command in this process, with a home, streams and signals of its own. */
final class TestCommand {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Path home;

  TestCommand(Path home) {
    this.home = home;
  }

  TestCommand variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Surroundings surroundings() {
    return new Surroundings(
        environment,
        home,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        stops::add,
        Prompt.nobody());
  }

  /** What a command line means; nothing is opened. */
  TunnelConfig understood(String... words) throws Exception {
    CommandLine line = CommandLines.parser(surroundings());
    line.parseArgs(CommandLines.arranged(line, words));
    return line.<PortholeCommand>getCommand().settings().config();
  }

  /** Runs it to its end. */
  int run(String... words) {
    return CommandLines.run(words, surroundings());
  }

  /** Runs it on a thread of its own. */
  CompletableFuture<Integer> start(String... words) {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread thread = new Thread(() -> code.complete(run(words)), "porthole-command");
    thread.setDaemon(true);
    thread.start();
    return code.orTimeout(60, TimeUnit.SECONDS);
  }

  /** Ctrl-C. */
  void interrupt() {
    stops.forEach(Runnable::run);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
