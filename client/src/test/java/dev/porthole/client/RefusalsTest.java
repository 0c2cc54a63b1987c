package dev.porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.client.grammar.RefusedOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be done is answered by one sentence and exit code 2. */
final class RefusalsTest {
  @TempDir Path home;

  private String refused(String... words) {
    TestCommand command = new TestCommand(home);
    assertThat(command.run(words)).isEqualTo(2);
    assertThat(command.out()).isEmpty();
    assertThat(command.err()).startsWith("porthole: ").endsWith("\n").containsOnlyOnce("\n");
    return command.err().strip();
  }

  @Test
  void everyRefusedOptionSaysWhatToDoInstead() {
    for (char letter : RefusedOptions.letters()) {
      assertThat(refused("-" + letter, "x", "-R0:localhost:1", "h"))
          .startsWith("porthole: -" + letter + " is not for porthole: ")
          .endsWith(".");
    }
    assertThat(refused("-fN", "-R0:localhost:1", "h")).contains("-f is not for porthole");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0:localhost:http       | the local service's port "http" is not a number from 1 to 65535
          0:localhost:0          | the local service's port "0" is not
          70000:localhost:80     | the remote port "70000" is not a number from 0 to 65535
          x:localhost:80         | the remote port "x" is not
          0::80                  | the local service's host is empty
          [::1:80:localhost:80   | a "]" is missing
          ::1:9:localhost:8      | too many colons; put IPv6 addresses into [brackets]
          0:8000                 | the host or the port of the service is missing
          /run/s:localhost:80    | UNIX sockets are not supported
          udp//x:1:localhost:80  | UDP does not go through SSH forwards
          ftp//x:1:localhost:80  | the type "ftp" is none of http, tcp, tls, tlstcp
          """)
  void malformedForwardShowsWhatWasTypedWhatIsWrongAndAnExample(String typed, String wrong) {
    assertThat(refused("-R", typed, "h"))
        .startsWith("porthole: -R " + typed + ": ")
        .contains(wrong)
        .containsPattern("[eE]xample:? -R ");
  }

  @Test
  void portAloneIsNoSocksProxy() {
    assertThat(refused("-R", "8000", "h")).contains("SOCKS").contains("-R 8000:localhost:8000");
  }

  @Test
  void lineWithoutAServiceOrWithoutARelay() {
    assertThat(refused()).contains("porthole 8000");
    assertThat(refused("free.pinggy.io")).contains("nothing says what to share");
    assertThat(refused("-R0:localhost:1")).contains("The relay's name is missing");
    assertThat(refused("-R0:localhost:1", "8000")).contains("where the relay's name belongs");
    assertThat(refused("-R0:localhost:1", "@h")).contains("the user before \"@\" is empty");
    assertThat(refused("http")).contains("porthole http 8000");
    assertThat(refused("8000", "9000")).contains("one word too many");
    assertThat(refused("99999")).contains("not from 1 to 65535");
  }

  @Test
  void optionsNobodyKnowsOrWithoutTheirValue() {
    assertThat(refused("-z")).contains("-z is no option");
    assertThat(refused("--nonsense", "8000")).contains("--nonsense is no option");
    assertThat(refused("8000", "-p")).contains("-p: its value is missing");
    assertThat(refused("8000", "-p", "0")).contains("-p 0: expected a port");
    assertThat(refused("-46", "8000")).contains("exclude each other");
  }
}
