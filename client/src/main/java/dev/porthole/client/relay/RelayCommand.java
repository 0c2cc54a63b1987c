package dev.porthole.client.relay;

import dev.porthole.client.console.StopLatch;
import dev.porthole.client.console.Surroundings;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.client.grammar.UsageException;
import dev.porthole.relay.Relay;
import dev.porthole.relay.RelayBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a relay until Ctrl-C. */
@Command(
    name = "relay",
    description = "Runs a relay of your own, for tests and small self-hosting.",
    sortOptions = false)
public final class RelayCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(names = "--ssh-port", paramLabel = "N", description = "where clients connect; 0: any")
  private int sshPort;

  @Option(names = "--http-port", paramLabel = "N", description = "where visitors come; 0: any")
  private int httpPort;

  @Option(names = "--tls-port", paramLabel = "N", description = "TLS by server name; 0: any")
  private OptionalInt tlsPort = OptionalInt.empty();

  @Option(names = "--certificate", paramLabel = "FILE", description = "PEM; makes https of names")
  private Optional<Path> certificate = Optional.empty();

  @Option(names = "--certificate-key", paramLabel = "FILE", description = "PEM, PKCS#8")
  private Optional<Path> certificateKey = Optional.empty();

  @Option(
      names = "--tcp-ports",
      paramLabel = "A-B",
      converter = PortSpan.Reader.class,
      description = "ports of TCP tunnels (all)")
  private Optional<PortSpan> tcpPorts = Optional.empty();

  @Option(names = "--domain", paramLabel = "D", description = "public names end so (localhost)")
  private String domain = "localhost";

  @Option(names = "--bind", paramLabel = "A", description = "address to listen on (127.0.0.1)")
  private String bind = "127.0.0.1";

  @Option(names = "--host-key", paramLabel = "FILE", description = "made there if absent")
  private Optional<Path> hostKey = Optional.empty();

  @Option(names = "--authorized-keys", paramLabel = "FILE", description = "who may open tunnels")
  private Optional<Path> authorizedKeys = Optional.empty();

  @Option(names = "--token", paramLabel = "T", description = "better: $PORTHOLE_RELAY_TOKEN")
  private Optional<String> token = Optional.empty();

  @Option(names = "--token-file", paramLabel = "FILE", description = "its first line is the token")
  private Optional<Path> tokenFile = Optional.empty();

  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean unusedHelp;

  /** With the streams to print to. */
  public RelayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    RelayBuilder builder =
        Relay.builder().bind(bind).sshPort(sshPort).httpPort(httpPort).domain(domain);
    hostKey.ifPresent(builder::hostKeyFile);
    authorizedKeys.ifPresent(builder::authorizedKeys);
    builder.limits(limits.limits());
    tlsPort.ifPresent(builder::tlsPort);
    tcpPorts.ifPresent(ports -> builder.tcpPorts(ports.first(), ports.last()));
    if (certificate.isPresent() != certificateKey.isPresent()) {
      throw new UsageException("--certificate and --certificate-key belong together.");
    }
    certificate.ifPresent(chain -> builder.certificate(chain, certificateKey.orElseThrow()));
    try {
      Optional<String> secret = secret();
      secret.ifPresent(builder::token);
      return run(builder, secret.isEmpty() && authorizedKeys.isEmpty());
    } catch (IOException e) {
      surroundings.err().println("porthole: " + e.getMessage());
      return ExitCode.INTERNAL.number();
    }
  }

  /** A command line is no place for a secret: others can read it. */
  private Optional<String> secret() throws IOException {
    if (token.isPresent() && tokenFile.isPresent()) {
      throw new UsageException("--token and --token-file say the same thing: use one.");
    }
    if (tokenFile.isPresent()) {
      return Optional.of(firstLine(tokenFile.get()));
    }
    return token.or(() -> surroundings.variable("PORTHOLE_RELAY_TOKEN"));
  }

  private static String firstLine(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      String line = lines.findFirst().map(String::strip).orElse("");
      if (line.isEmpty()) {
        throw new IOException("The token file " + file + " is empty.");
      }
      return line;
    } catch (NoSuchFileException | AccessDeniedException | UncheckedIOException e) {
      throw new IOException("The token file " + file + " cannot be read: " + e, e);
    }
  }

  private int run(RelayBuilder builder, boolean anyone) throws IOException {
    try (Relay relay = builder.start()) {
      introduce(relay, anyone);
      StopLatch.await(surroundings.signals());
      return ExitCode.OK.number();
    }
  }

  private void introduce(Relay relay, boolean anyone) {
    PrintStream out = surroundings.out();
    out.println("SSH   " + bind + ":" + relay.sshPort() + "  " + relay.hostKeyFingerprint());
    out.println(
        "HTTP  "
            + bind
            + ":"
            + relay.httpPort()
            + "  http://NAME."
            + domain
            + ":"
            + relay.httpPort());
    relay.tlsPort().ifPresent(port -> out.println("TLS   " + bind + ":" + port));
    String host = bind.equals("0.0.0.0") || bind.equals("::") ? "127.0.0.1" : bind;
    PrintStream err = surroundings.err();
    err.println("Try:  porthole 8000 --relay " + host + ":" + relay.sshPort());
    err.println("or:   ssh -p " + relay.sshPort() + " -R 0:localhost:8000 " + host);
    boolean loopback = bind.startsWith("127.") || bind.equals("::1") || bind.equals("localhost");
    if (anyone && !loopback) {
      err.println(
          "Warning: whoever reaches "
              + bind
              + " can open tunnels here. Add --token-file or --authorized-keys.");
    }
    err.println("Ctrl-C stops.");
  }
}
