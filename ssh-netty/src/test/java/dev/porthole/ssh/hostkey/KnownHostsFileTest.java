package dev.porthole.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines added to somebody's known_hosts. */
final class KnownHostsFileTest {
  @TempDir static Path shared;
  private static HostKeys key;

  @TempDir Path folder;

  @BeforeAll
  static void makeKey() {
    key = HostKeys.create(shared, "ecdsa");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"old ssh-rsa AAAA\n", "old ssh-rsa AAAA", "old ssh-rsa AAAA\r\n", "", "\n"})
  void newLineStandsAloneAndTheOldOnesStay(String before) throws Exception {
    Path file = Files.writeString(folder.resolve("known_hosts"), before);

    KnownHostsFile.append(file, "h", key.shown());

    String added = "h " + key.bare() + "\n";
    String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    assertThat(Files.readString(file)).isEqualTo(before + gap + added);
  }

  @Test
  void fileAndFolderAreMadeForTheirOwnerAlone() throws Exception {
    Path file = folder.resolve("home/.ssh/known_hosts");

    KnownHostsFile.append(file, "h", key.shown());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void modeOfAFileThatExistsIsNotOurs() throws Exception {
    Path file = Files.writeString(folder.resolve("known_hosts"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    KnownHostsFile.append(file, "h", key.shown());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void linkIsFollowedAndStays() throws Exception {
    Path real = Files.writeString(folder.resolve("real"), "");
    Path link = Files.createSymbolicLink(folder.resolve("known_hosts"), real);

    KnownHostsFile.append(link, "h", key.shown());

    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("h " + key.bare());
  }

  @Test
  void manyTunnelsAtOnceLeaveWholeLines() throws Exception {
    Path file = folder.resolve("new/known_hosts");
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = "host" + i;
      writers.add(CompletableFuture.runAsync(() -> append(file, name)));
    }
    CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

    assertThat(Files.readAllLines(file, StandardCharsets.US_ASCII))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allSatisfy(line -> assertThat(line).matches("host\\d+ \\Q" + key.bare() + "\\E"));
  }

  private static void append(Path file, String name) {
    try {
      KnownHostsFile.append(file, name, key.shown());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
