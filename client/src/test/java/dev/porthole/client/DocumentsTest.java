package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.client.exit.ExitCode;
import dev.porthole.client.grammar.RefusedOptions;
import dev.porthole.client.grammar.SshOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is written about the command is what it does. */
final class DocumentsTest {
  private static final Path MANUAL = Path.of("..", "docs", "command.md");

  @TempDir Path home;

  @Test
  void helpFitsAScreen() {
    TestCommand command = new TestCommand(home);

    assertThat(command.run("--help")).isZero();
    assertThat(command.out().lines().count()).isLessThanOrEqualTo(24);
    assertThat(command.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(command.err()).isEmpty();
  }

  @Test
  void helpAndVersionAnswerAmongOtherWordsToo() {
    TestCommand command = new TestCommand(home);

    assertThat(command.run("-N", "--help")).isZero();
    assertThat(command.run("-N", "-V")).isZero();
    assertThat(command.out()).startsWith("porthole - ").contains("porthole (not packaged) (Java ");
  }

  @Test
  void manualNamesEveryOption() throws IOException {
    String manual = Files.readString(MANUAL);
    CommandLine line = CommandLines.parser(new TestCommand(home).surroundings());

    Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
        .flatMap(command -> command.getCommandSpec().options().stream())
        .forEach(option -> documented(manual, option.names()));
  }

  private static void documented(String manual, String[] names) {
    assertThat(names).allSatisfy(name -> assertThat(manual).containsPattern("`" + name + "[ `]"));
  }

  @Test
  void manualNamesWhatIsRefusedAndIgnored() throws IOException {
    String manual = Files.readString(MANUAL);

    assertThat(RefusedOptions.letters())
        .allSatisfy(letter -> assertThat(manual).contains("`-" + letter + "`"));
    assertThat(SshOptions.SUPPORTED)
        .allSatisfy(key -> assertThat(manual).contains("`" + key + "`"));
    assertThat(SshOptions.IGNORED).allSatisfy(key -> assertThat(manual).contains("`" + key + "`"));
  }

  @Test
  void manualAndHelpNameEveryExitCode() throws IOException {
    String manual = Files.readString(MANUAL);

    for (ExitCode code : ExitCode.values()) {
      assertThat(manual).contains("| " + code.number() + " | ");
      assertThat(HelpText.MAIN).containsPattern("(?m)(^|[ ,])" + code.number() + " ");
    }
  }

  /** {@code demo} and its check run in {@link DemoIT}; the others mean a tunnel or a relay. */
  @Test
  void commandsOfTheReadmeAreUnderstood() throws Exception {
    List<String> readme = Files.readAllLines(Path.of("..", "README.md"));
    List<String> commands =
        readme.stream()
            .filter(line -> line.startsWith("./porthole "))
            .map(line -> line.substring("./porthole ".length()).split(" {3,}", -1)[0])
            .filter(command -> !command.startsWith("demo") && !command.startsWith("--help"))
            .toList();

    assertThat(commands).hasSizeGreaterThan(5);
    assertThat(readme).hasSizeLessThan(150);
    for (String command : commands) {
      String[] words = command.split(" ", -1);
      if (words[0].equals("relay")) {
        CommandLine line = CommandLines.parser(new TestCommand(home).surroundings());
        assertThat(line.parseArgs(words).subcommand()).isNotNull();
      } else {
        assertThat(new TestCommand(home).understood(words).forwards()).isNotEmpty();
      }
    }
  }
}
