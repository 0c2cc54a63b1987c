package dev.porthole.tunnel.interop;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL cluster made for the test. The server refuses to run as root; root lends it the
 * account that Debian's package made.
 */
final class PostgresCluster implements AutoCloseable {
  static final String USER = "porthole";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ACCOUNT = "postgres";
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path data;

  private PostgresCluster(Path programs, Path data) {
    this.programs = programs;
    this.data = data;
  }

  /** Makes one in a folder of its own: the account must be able to get there. */
  static PostgresCluster create() throws IOException {
    Path programs = programs();
    PostgresCluster cluster =
        new PostgresCluster(programs, Files.createTempDirectory("porthole-postgres"));
    if (isRoot()) {
      Programs.mustRun(LIMIT, "chown", ACCOUNT + ":", cluster.data.toString());
    }
    List<String> initdb =
        cluster.asAccount("initdb", "-U", USER, "-A", "trust", "--no-sync", "--no-locale");
    Programs.mustRun(LIMIT, initdb.toArray(String[]::new));
    return cluster;
  }

  /** Starts the server. */
  RunningProgram start(Where where, int port) {
    RunningProgram server =
        RunningProgram.command(
                asAccount(
                    "postgres",
                    "-p",
                    Integer.toString(port),
                    "-c",
                    "listen_addresses=" + where.host,
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "fsync=off"))
            .folder(data)
            .start();
    try {
      server.awaitLine("database system is ready to accept connections", LIMIT);
      return server;
    } catch (AssertionError e) {
      server.close();
      throw e;
    }
  }

  private List<String> asAccount(String program, String... options) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      String setpriv = Peers.program("setpriv").toString();
      words.addAll(
          List.of(setpriv, "--reuid=" + ACCOUNT, "--regid=" + ACCOUNT, "--clear-groups", "--"));
    }
    words.add(programs.resolve(program).toString());
    words.addAll(List.of("-D", data.toString()));
    words.addAll(List.of(options));
    return words;
  }

  /** Debian keeps them out of the PATH, by version. */
  private static Path programs() throws IOException {
    if (Files.isDirectory(VERSIONS)) {
      try (Stream<Path> versions = Files.list(VERSIONS)) {
        var newest =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .max(Comparator.naturalOrder());
        if (newest.isPresent()) {
          return newest.get();
        }
      }
    }
    return Peers.program("initdb").getParent();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
