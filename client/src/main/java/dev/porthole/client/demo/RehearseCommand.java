package dev.porthole.client.demo;

import dev.porthole.client.console.Prompt;
import dev.porthole.client.console.Surroundings;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.relay.Relay;
import dev.porthole.tunnel.PublicUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;

/**
 * One run as users make it, from the words of the command line to visitors and Ctrl-C, against a
 * relay in this process. The launcher has the JVM note which classes that takes.
 */
@Command(name = "rehearse", hidden = true)
public final class RehearseCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final BiFunction<String[], Surroundings, Integer> program;

  /**
   * With what is to be rehearsed.
   *
   * @param program runs a command line and returns its exit code
   */
  public RehearseCommand(
      Surroundings surroundings, BiFunction<String[], Surroundings, Integer> program) {
    this.surroundings = surroundings;
    this.program = program;
  }

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("porthole-rehearse");
    Path key = Files.writeString(Files.createTempFile(folder, "id_", ""), newKey());
    Path known = folder.resolve("known_hosts");
    try (Relay relay = Relay.builder().start();
        SampleSite site = SampleSite.start()) {
      return rehearse(relay, words(relay, site, key, known));
    } finally {
      Files.deleteIfExists(known);
      Files.delete(key);
      Files.delete(folder);
    }
  }

  private int rehearse(Relay relay, String[] words) {
    CompletableFuture<Runnable> stop = new CompletableFuture<>();
    CompletableFuture<String> firstLine = new CompletableFuture<>();
    CompletableFuture<Boolean> visited =
        firstLine.thenApplyAsync(line -> visit(line, relay.httpPort()));
    visited.thenAcceptBoth(stop, (well, handler) -> handler.run());
    PrintStream out = new PrintStream(new FirstLine(firstLine), true, StandardCharsets.UTF_8);
    Surroundings stage =
        new Surroundings(
            surroundings.environment(),
            surroundings.home(),
            out,
            surroundings.err(),
            stop::complete,
            Prompt.nobody());
    int code = program.apply(words, stage);
    return visited.getNow(false) ? code : ExitCode.INTERNAL.number();
  }

  private static String[] words(Relay relay, SampleSite site, Path key, Path known) {
    return new String[] {
      "-p",
      String.valueOf(relay.sshPort()),
      "-i",
      key.toString(),
      "-o",
      "UserKnownHostsFile=" + known,
      "-o",
      "StrictHostKeyChecking=accept-new",
      "-R",
      "0:127.0.0.1:" + site.port(),
      "127.0.0.1"
    };
  }

  private boolean visit(String url, int port) {
    try {
      PublicUrl page = new PublicUrl(URI.create(url));
      new RoundTrip(page, port, surroundings.err()).check();
      return true;
    } catch (IOException | IllegalArgumentException e) {
      surroundings.err().println("porthole: The rehearsal failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static String newKey() throws GeneralSecurityException {
    byte[] pkcs8 =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8)
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** Standard output of the rehearsed run: the first public URL begins the visit. */
  private static final class FirstLine extends OutputStream {
    private final CompletableFuture<String> told;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private FirstLine(CompletableFuture<String> told) {
      this.told = told;
    }

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        told.complete(line.toString(StandardCharsets.UTF_8).strip());
      } else if (!told.isDone()) {
        line.write(b);
      }
    }
  }
}
