package dev.porthole.client;

import dev.porthole.client.console.Surroundings;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.client.grammar.UsageException;
import dev.porthole.client.log.LogSetup;
import dev.porthole.client.run.TunnelRun;
import dev.porthole.client.settings.ConfigFileException;
import dev.porthole.client.settings.Settings;
import dev.porthole.client.settings.Typed;
import dev.porthole.client.story.Story;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options, and what they set in motion. Texts for people stand in {@link HelpText}. */
@Command(name = "porthole")
final class PortholeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "-R", paramLabel = "[bind:]port:host:hostport")
  private List<String> remotes = new ArrayList<>();

  @Option(names = "-L", paramLabel = "[bind:]port:host:hostport")
  private List<String> locals = new ArrayList<>();

  @Option(names = "-o", paramLabel = "KEY=VALUE")
  private List<String> options = new ArrayList<>();

  @Option(names = "-i", paramLabel = "FILE")
  private List<String> identities = new ArrayList<>();

  @Option(names = "-p", paramLabel = "PORT")
  private Optional<String> port = Optional.empty();

  @Option(
      names = {"-l", "--user"},
      paramLabel = "USER")
  private Optional<String> user = Optional.empty();

  @Option(names = "--relay", paramLabel = "HOST[:PORT]")
  private Optional<String> relay = Optional.empty();

  @Option(names = "--token", paramLabel = "TOKEN")
  private Optional<String> token = Optional.empty();

  @Option(names = "--name", paramLabel = "NAME")
  private Optional<String> name = Optional.empty();

  @Option(names = "-c", paramLabel = "CIPHERS")
  private Optional<String> ciphers = Optional.empty();

  @Option(names = "-E", paramLabel = "FILE")
  private Optional<Path> logFile = Optional.empty();

  @Option(names = "-4")
  private boolean ipv4;

  @Option(names = "-6")
  private boolean ipv6;

  @Option(names = "-C")
  private boolean compression;

  @Option(names = "-N")
  private boolean noSession;

  @Option(names = "-v")
  private boolean[] verbose = new boolean[0];

  @Option(names = "-q")
  private boolean quiet;

  @Option(names = "--json")
  private boolean json;

  @Option(names = {"-h", "--help"})
  private boolean help;

  @Option(names = {"-V", "--version"})
  private boolean version;

  /** ssh's switches for things that porthole never does: no pty, no stdin, no X11, no agent. */
  @Option(
      names = {"-t", "-T", "-n", "-x", "-a", "-k"},
      arity = "0")
  private boolean unusedSwitches;

  /** ssh's escape character: nothing is typed into a tunnel. */
  @Option(names = "-e", paramLabel = "CHAR")
  private Optional<String> unusedEscape = Optional.empty();

  @Parameters(paramLabel = "WORD", arity = "0..*")
  private List<String> words = new ArrayList<>();

  PortholeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws ConfigFileException {
    if (help || words.equals(List.of("help"))) {
      surroundings.out().print(HelpText.MAIN);
      return ExitCode.OK.number();
    }
    if (version) {
      surroundings.out().println(HelpText.version());
      return ExitCode.OK.number();
    }
    startLog();
    Settings settings = settings();
    settings.warnings().forEach(w -> surroundings.err().println("Warning: " + w));
    TunnelRun.Outcome outcome = TunnelRun.run(settings.config(), form(), surroundings);
    outcome.failure().ifPresent(failure -> tell(settings, failure));
    return outcome.code().number();
  }

  /** What the words mean; nothing is opened. */
  Settings settings() throws ConfigFileException {
    return Settings.of(
        new Typed(
            words,
            remotes,
            locals,
            options,
            identities,
            port,
            user,
            relay,
            token,
            name,
            ciphers,
            ipv4,
            ipv6,
            compression,
            noSession),
        surroundings);
  }

  private Story.Form form() {
    if (json) {
      return Story.Form.JSON;
    }
    if (quiet) {
      return Story.Form.QUIET;
    }
    return verbose.length > 0 ? Story.Form.CHATTY : Story.Form.TEXT;
  }

  private void startLog() {
    try {
      LogSetup.apply(quiet ? -1 : verbose.length, logFile, surroundings.err());
    } catch (IOException e) {
      throw new UsageException("-E " + logFile.map(Path::toString).orElse("") + ": " + e);
    }
  }

  private void tell(Settings settings, Exception failure) {
    String message = Story.masked(settings.config(), String.valueOf(failure.getMessage()));
    surroundings.err().println("porthole: " + message);
    if (verbose.length > 0) {
      failure.printStackTrace(surroundings.err());
    }
  }
}
