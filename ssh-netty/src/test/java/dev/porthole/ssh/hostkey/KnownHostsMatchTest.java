package dev.porthole.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines of a known_hosts file speak of a server. */
final class KnownHostsMatchTest {
  @TempDir static Path shared;
  private static HostKeys key;

  @TempDir Path folder;

  @BeforeAll
  static void makeKey() {
    key = HostKeys.create(shared, "ed25519");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relay.example.com                    | relay.example.com  | 22   | true",
        "relay.example.com                    | RELAY.Example.COM  | 22   | true",
        "relay.example.com                    | example.com        | 22   | false",
        "relay.example.com                    | relayxexample.com  | 22   | false",
        "relay.example.com                    | relay.example.com  | 2222 | false",
        "[relay.example.com]:2222             | relay.example.com  | 2222 | true",
        "[relay.example.com]:2222             | relay.example.com  | 22   | false",
        "[relay.example.com]:2222             | relay.example.com  | 222  | false",
        "other.org,relay.example.com          | relay.example.com  | 22   | true",
        "*.example.com                        | relay.example.com  | 22   | true",
        "*.example.com                        | example.com        | 22   | false",
        "*.example.com                        | a.example.com.evil | 22   | false",
        "relay?.example.com                   | relay1.example.com | 22   | true",
        "relay?.example.com                   | relay.example.com  | 22   | false",
        "*.example.com,!bad.example.com       | bad.example.com    | 22   | false",
        "!bad.example.com,*.example.com       | bad.example.com    | 22   | false",
        "!bad.example.com,*.example.com       | good.example.com   | 22   | true",
        "!bad.example.com                     | good.example.com   | 22   | false",
        "[*.example.com]:2222                 | relay.example.com  | 2222 | true",
        "[*.example.com]:2222                 | relay.example.com  | 22   | false",
        "192.0.2.7                            | 192.0.2.7          | 22   | true",
        "::1                                  | ::1                | 22   | true",
        "[::1]:2222                           | ::1                | 2222 | true",
        "[::1]:2222                           | ::1                | 2223 | false",
      })
  void namesMatchAsForSsh(String names, String host, int port, boolean known) throws Exception {
    assertThat(knows(names + " " + key.bare(), host, port)).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example.com, 22, relay.example.com, 22, true",
    "relay.example.com, 2222, relay.example.com, 2222, true",
    "relay.example.com, 2222, relay.example.com, 22, false",
    "relay.example.com, 22, other.example.com, 22, false",
    "::1, 2222, ::1, 2222, true",
  })
  void hashedNamesMatchAsForSsh(String said, int at, String host, int port, boolean known)
      throws Exception {
    Path file = write(KnownHosts.name(said, at) + " " + key.bare() + "\n");
    String keygen = Peers.program("ssh-keygen").toString();
    Programs.mustRun(Duration.ofSeconds(10), keygen, "-H", "-f", file.toString());
    assertThat(file).content().startsWith("|1|");

    assertThat(KnownHosts.read(List.of(file)).about(host, port)).hasSize(known ? 1 : 0);
  }

  @Test
  void blanksTabsCommentsAndCarriageReturnsDoNoHarm() throws Exception {
    String text =
        "# a comment\r\n\r\n  \r\n  first.example.com   "
            + key.bare()
            + " me@home\r\n"
            + "second.example.com\t"
            + key.bare().replace(' ', '\t')
            + "\r\n";
    KnownHosts hosts = KnownHosts.read(List.of(write(text)));

    assertThat(hosts.about("first.example.com", 22))
        .singleElement()
        .satisfies(line -> assertThat(line.number()).isEqualTo(4));
    assertThat(hosts.about("second.example.com", 22))
        .singleElement()
        .satisfies(line -> assertThat(line.number()).isEqualTo(5));
  }

  @Test
  void linesThatMakeNoSenseHideNoOther() throws Exception {
    String text =
        String.join(
            "\n",
            "h",
            "h ssh-ed25519",
            "h ssh-ed25519 AAAA!!notbase64",
            "h ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
            "h no-such-type AAAAC3NzaC1lZDI1NTE5AAAAIA==",
            "h 1024 35 1234567890",
            "@nonsense h " + key.bare(),
            "|1|broken|hash " + key.bare(),
            "|9|x|y|z " + key.bare(),
            "\u0000\u0001\u0002",
            "h " + key.bare());

    assertThat(KnownHosts.read(List.of(write(text))).about("h", 22))
        .extracting(KnownHosts.Line::number)
        .containsExactly(11);
  }

  @Test
  void certificateAuthoritiesVouchForNobody() throws Exception {
    assertThat(knows("@cert-authority * " + key.bare(), "h", 22)).isFalse();
  }

  @Test
  void severalFilesAreReadAndOneThatIsMissingIsEmpty() throws Exception {
    Path mine = write("a " + key.bare() + "\n");
    Path none = folder.resolve("none");
    Path systemWide =
        Files.writeString(folder.resolve("global"), "b " + key.bare(), StandardCharsets.UTF_8);
    KnownHosts hosts = KnownHosts.read(List.of(mine, none, systemWide));

    assertThat(hosts.about("a", 22)).extracting(KnownHosts.Line::file).containsExactly(mine);
    assertThat(hosts.about("b", 22)).extracting(KnownHosts.Line::file).containsExactly(systemWide);
  }

  @Test
  void bytesThatAreNoUtf8AreNoReasonToFail() throws Exception {
    Path file = folder.resolve("latin");
    Files.write(
        file, ("# caf\u00e9\nh " + key.bare() + "\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(KnownHosts.read(List.of(file)).about("h", 22)).hasSize(1);
  }

  private boolean knows(String line, String host, int port) throws IOException {
    return !KnownHosts.read(List.of(write(line))).about(host, port).isEmpty();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("known_hosts"), text, StandardCharsets.UTF_8);
  }
}
