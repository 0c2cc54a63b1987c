package dev.porthole.client;

import dev.porthole.client.console.Surroundings;
import dev.porthole.client.demo.DemoCommand;
import dev.porthole.client.demo.RehearseCommand;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.client.grammar.UsageException;
import dev.porthole.client.grammar.WordOrder;
import dev.porthole.client.log.LogSetup;
import dev.porthole.client.relay.RelayCommand;
import dev.porthole.client.settings.ConfigFileException;
import dev.porthole.tunnel.connect.Porthole;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line: arranges its words, lets picocli read them, and answers for failures. */
final class CommandLines {
  private CommandLines() {}

  /** The exit code; never ends the process. */
  static int run(String[] args, Surroundings surroundings) {
    if (args.length == 1 && HelpText.answers(args[0], surroundings.out())) {
      return ExitCode.OK.number();
    }
    LogSetup.begin();
    Porthole.prepare();
    CommandLine line = parser(surroundings);
    try {
      return line.execute(arranged(line, args));
    } catch (UsageException e) {
      return failed(surroundings, ExitCode.USAGE, e);
    }
  }

  /** The words in the order the parser wants. */
  static String[] arranged(CommandLine line, String... args) {
    return WordOrder.arrange(
            List.of(args), name -> takesValue(line, name), line.getSubcommands().keySet())
        .toArray(String[]::new);
  }

  /** The grammar alone. */
  static CommandLine parser(Surroundings surroundings) {
    return new CommandLine(new PortholeCommand(surroundings))
        .addSubcommand(new RelayCommand(surroundings))
        .addSubcommand(new DemoCommand(surroundings))
        .addSubcommand(new RehearseCommand(surroundings, CommandLines::run))
        .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
        .setExpandAtFiles(false)
        .setAllowSubcommandsAsOptionParameters(true)
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler((e, args) -> badWords(surroundings, e))
        .setExecutionExceptionHandler((e, command, result) -> failed(surroundings, e));
  }

  private static boolean takesValue(CommandLine line, String name) {
    OptionSpec option = line.getCommandSpec().findOption(name);
    return option != null && option.arity().min() > 0;
  }

  private static int badWords(Surroundings surroundings, ParameterException e) {
    String what =
        e instanceof UnmatchedArgumentException unknown && !unknown.getUnmatched().isEmpty()
            ? unknown.getUnmatched().get(0) + " is no option of this command."
            : String.valueOf(e.getMessage());
    surroundings.err().println("porthole: " + what + " See porthole --help");
    return ExitCode.USAGE.number();
  }

  private static int failed(Surroundings surroundings, Exception e) {
    if (e instanceof UsageException) {
      return failed(surroundings, ExitCode.USAGE, e);
    }
    if (e instanceof ConfigFileException) {
      return failed(surroundings, ExitCode.CONFIG, e);
    }
    e.printStackTrace(surroundings.err());
    surroundings.err().println("porthole: this is a bug of porthole's: " + e);
    return ExitCode.INTERNAL.number();
  }

  private static int failed(Surroundings surroundings, ExitCode code, Exception e) {
    surroundings.err().println("porthole: " + e.getMessage());
    return code.number();
  }
}
