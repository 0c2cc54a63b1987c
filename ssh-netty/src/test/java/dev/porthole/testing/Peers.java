package dev.porthole.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds programs that are not ours. A test that needs one which is not installed is skipped with a
 * printed reason, or fails when the environment says {@code PORTHOLE_REQUIRE_PEERS=true}.
 */
public final class Peers {
  private static final Map<String, Optional<Path>> FOUND = new ConcurrentHashMap<>();
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin");

  private Peers() {}

  /** A program on the PATH or in the usual system folders. */
  public static Path program(String name) {
    return orAbort(name, "install the program " + name, () -> onPath(name));
  }

  /** Whether {@link #program} would find it. */
  public static boolean has(String name) {
    return onPath(name).isPresent();
  }

  /** A Python 3 that can import the module; the system's own is asked first. */
  public static Path pythonWith(String module) {
    return orAbort(
        "python3+" + module,
        "install the Python module " + module,
        () -> candidates("python3").filter(python -> imports(python, module)));
  }

  /** Node.js, with the package installed below {@link #nodeFolder}. */
  public static Path nodeWith(String packageName) {
    return orAbort(
        "node+" + packageName,
        "run 'npm install' in " + nodeFolder(),
        () ->
            onPath("node")
                .filter(
                    node ->
                        Files.isDirectory(nodeFolder().resolve("node_modules/" + packageName))));
  }

  /** Where the scripts for Node.js and their packages are. */
  public static Path nodeFolder() {
    return kitFolder().resolve("node");
  }

  /** Where the scripts for Python are. */
  public static Path pythonFolder() {
    return kitFolder().resolve("python");
  }

  private static Path kitFolder() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path kit = folder.resolve("ssh-netty/src/test");
      if (Files.isDirectory(kit)) {
        return kit;
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException(
        "not started inside the source tree: " + Path.of("").toAbsolutePath());
  }

  private static Path orAbort(String key, String advice, Supplier<Optional<Path>> search) {
    Optional<Path> found = FOUND.computeIfAbsent(key, missing -> search.get());
    if (found.isEmpty()) {
      String message = "peer not installed: " + key + " (" + advice + ")";
      if ("true".equals(System.getenv("PORTHOLE_REQUIRE_PEERS"))) {
        throw new AssertionError(message);
      }
      System.err.println("[skipped] " + message);
      Assumptions.abort(message);
    }
    return found.orElseThrow();
  }

  private static Optional<Path> candidates(String name) {
    Path own = Path.of("/usr/bin", name);
    return Files.isExecutable(own) ? Optional.of(own) : onPath(name);
  }

  private static boolean imports(Path python, String module) {
    return Programs.run(
                Duration.ofSeconds(30), python.toString(), "-W", "ignore", "-c", "import " + module)
            .exitCode()
        == 0;
  }

  private static Optional<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(List.of(path.split(File.pathSeparator)).stream(), SYSTEM_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
