package dev.porthole.testing.server;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The account that runs the test, as one server sees it: with a home folder and a password made for
 * the test. nss_wrapper answers the server's look-ups; the machine's account is not touched.
 */
record BorrowedAccount(Path folder) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String LIBRARY = "libnss_wrapper.so";

  static BorrowedAccount create(
      Path folder, List<String> authorizedKeys, Optional<String> password) {
    if (!isInstalled()) {
      String message = "peer not installed: " + LIBRARY + " (Debian's libnss-wrapper)";
      if ("true".equals(System.getenv("PORTHOLE_REQUIRE_PEERS"))) {
        throw new AssertionError(message);
      }
      System.err.println("[skipped] " + message);
      Assumptions.abort(message);
    }
    try {
      BorrowedAccount account = new BorrowedAccount(folder);
      account.write(authorizedKeys, password);
      return account;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunningProgram.Command apply(RunningProgram.Command command) {
    return command
        .environment("LD_PRELOAD", LIBRARY)
        .environment("NSS_WRAPPER_PASSWD", folder.resolve("passwd").toString())
        .environment("NSS_WRAPPER_GROUP", folder.resolve("group").toString())
        .environment("NSS_WRAPPER_SHADOW", folder.resolve("shadow").toString());
  }

  private void write(List<String> authorizedKeys, Optional<String> password) throws IOException {
    var onlyOurs =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Path home = Files.createDirectory(folder.resolve("home"), onlyOurs);
    Path dotSsh = Files.createDirectory(home.resolve(".ssh"), onlyOurs);
    Files.write(dotSsh.resolve("authorized_keys"), authorizedKeys);
    String user = OpenSshServer.accountName();
    List<String> accounts =
        Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.UTF_8).stream()
            .map(line -> line.startsWith(user + ":") ? withHome(line, home) : line)
            .toList();
    Files.write(folder.resolve("passwd"), accounts);
    Files.copy(Path.of("/etc/group"), folder.resolve("group"));
    String hash = password.map(BorrowedAccount::hash).orElse("*");
    Files.writeString(folder.resolve("shadow"), user + ":" + hash + ":19000::::::\n");
  }

  private static String withHome(String line, Path home) {
    String[] fields = line.split(":", -1);
    fields[1] = "x";
    fields[5] = home.toString();
    return String.join(":", fields);
  }

  private static String hash(String password) {
    String openssl = Peers.program("openssl").toString();
    return Programs.mustRun(LIMIT, openssl, "passwd", "-6", password).out().trim();
  }

  private static boolean isInstalled() {
    return List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64").stream()
        .anyMatch(folder -> Files.exists(Path.of(folder, LIBRARY)));
  }
}
