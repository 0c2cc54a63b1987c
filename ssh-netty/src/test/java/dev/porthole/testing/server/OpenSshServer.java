package dev.porthole.testing.server;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.SshKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OpenSSH's sshd on 127.0.0.1, for the account that runs the test. Keys are the only way in; they
 * and the host keys are made at run time.
 */
public final class OpenSshServer implements StrangerServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final int TRIES = 5;

  private final Path folder;
  private final List<SshKey> hostKeys;
  private final List<String> options;
  private final Optional<BorrowedAccount> account;
  private final int port;
  private RunningProgram program;

  private OpenSshServer(Builder builder, int port) {
    this.folder = builder.folder;
    this.hostKeys = List.copyOf(builder.hostKeys);
    this.options = List.copyOf(builder.options);
    this.account = builder.account;
    this.port = port;
    this.program = launch();
  }

  /**
   * A server whose files lie in the folder.
   *
   * @param folder a temporary folder; may be shared with others
   */
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /** A server with an ed25519 host key that lets one key in. */
  public static OpenSshServer start(Path folder, SshKey allowed, String... options) {
    Builder builder = builder(folder).authorize(allowed.publicLine());
    for (String option : options) {
      builder.option(option);
    }
    return builder.start();
  }

  /** The account that runs the test: the only one sshd can let in. */
  public static String accountName() {
    return System.getProperty("user.name");
  }

  @Override
  public String user() {
    return accountName();
  }

  @Override
  public int port() {
    return port;
  }

  /** Its host keys, in the order of its configuration. */
  public List<SshKey> hostKeys() {
    return hostKeys;
  }

  @Override
  public List<String> knownHosts() {
    return hostKeys.stream().map(key -> key.knownHostsLine("127.0.0.1", port)).toList();
  }

  @Override
  public RunningProgram program() {
    return program;
  }

  /** Kills it and all its connections, and starts it again on the same port. */
  public void restart() {
    close();
    program = launch();
  }

  @Override
  public void close() {
    program.close();
  }

  private RunningProgram launch() {
    Path config = writeConfig();
    String sshd = Peers.program("sshd").toString();
    RunningProgram.Command command =
        RunningProgram.command(List.of(sshd, "-D", "-e", "-f", config.toString()));
    RunningProgram started = account.map(a -> a.apply(command)).orElse(command).start();
    try {
      started.awaitLine("Server listening on 127.0.0.1 port " + port, START_LIMIT);
      return started;
    } catch (AssertionError e) {
      started.close();
      throw e;
    }
  }

  private Path writeConfig() {
    List<String> lines = new ArrayList<>(options);
    lines.addAll(
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PermitRootLogin prohibit-password",
            "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
            "MaxStartups 1000",
            "LogLevel VERBOSE"));
    hostKeys.forEach(key -> lines.add("HostKey " + key.file()));
    try {
      return Files.write(folder.resolve("sshd_config_" + port), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Collects what the server is to be; not thread-safe. */
  public static final class Builder {
    private final Path folder;
    private final List<SshKey> hostKeys = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> authorized = new ArrayList<>();
    private Optional<BorrowedAccount> account = Optional.empty();

    private Builder(Path parent) {
      try {
        folder = Files.createTempDirectory(parent, "sshd");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Adds a line of sshd_config, such as {@code GatewayPorts clientspecified}; what is said first
     * holds, so it also overrides the defaults of this class.
     */
    public Builder option(String line) {
      options.add(line);
      return this;
    }

    /** Adds a line of authorized_keys, with options in front if need be. */
    public Builder authorize(String line) {
      authorized.add(line);
      return this;
    }

    /** Lets in whoever knows the password, too. */
    public Builder password(String secret) {
      account = Optional.of(BorrowedAccount.create(folder, List.of(), Optional.of(secret)));
      return option("PasswordAuthentication yes").option("PermitRootLogin yes");
    }

    /** Adds a host key made now; the type is {@code ed25519}, {@code ecdsa} or {@code rsa}. */
    public Builder hostKey(String type) {
      return hostKey(SshKey.create(folder, type));
    }

    /** Adds a host key. */
    public Builder hostKey(SshKey key) {
      hostKeys.add(key);
      return this;
    }

    /** Starts it; another port is tried when somebody is faster. */
    public OpenSshServer start() {
      Peers.program("sshd");
      AssertionError last = new AssertionError("never tried");
      for (int i = 0; i < TRIES; i++) {
        try {
          return start(FreePort.next());
        } catch (AssertionError e) {
          last = e;
        }
      }
      throw last;
    }

    /** Starts it on a port that is free again, with other host keys for instance. */
    public OpenSshServer start(int port) {
      prepare();
      return new OpenSshServer(this, port);
    }

    private void prepare() {
      if (hostKeys.isEmpty()) {
        hostKey("ed25519");
      }
      try {
        Files.write(folder.resolve("authorized_keys"), authorized);
        if (accountName().equals("root")) {
          // sshd started by hand finds nobody else who makes its empty chroot folder.
          Files.createDirectories(Path.of("/run/sshd"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
