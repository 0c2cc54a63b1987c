package dev.porthole.relay;

import dev.porthole.relay.config.Access;
import dev.porthole.relay.config.Limits;
import dev.porthole.relay.config.RelayConfig;
import dev.porthole.relay.config.RelayConfig.CertificateFiles;
import dev.porthole.relay.config.RelayConfig.PortRange;
import dev.porthole.ssh.auth.AuthorizedKeys;
import dev.porthole.ssh.hostkey.HostKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Collects what a relay is told; not thread-safe. Ports are 0 to 65535, and 0 takes a free one. */
public final class RelayBuilder {
  private String bind = "127.0.0.1";
  private int sshPort;
  private int httpPort;
  private OptionalInt tlsPort = OptionalInt.empty();
  private Optional<CertificateFiles> certificate = Optional.empty();
  private String domain = "localhost";
  private Optional<String> password = Optional.empty();
  private boolean anyKey;
  private Optional<Path> authorizedKeys = Optional.empty();
  private final Set<String> tokens = new HashSet<>();
  private Optional<Path> hostKeyFile = Optional.empty();
  private PortRange tcpPorts = PortRange.all();
  private Limits limits = Limits.DEFAULT;

  RelayBuilder() {}

  /** The address all ports are opened on; {@code 127.0.0.1} if not said. */
  public RelayBuilder bind(String address) {
    bind = address;
    return this;
  }

  /** Where SSH clients connect. */
  public RelayBuilder sshPort(int port) {
    sshPort = port;
    return this;
  }

  /** Where visitors of names connect. */
  public RelayBuilder httpPort(int port) {
    httpPort = port;
    return this;
  }

  /** Where visitors of TLS tunnels connect; if not said, there is no such port. */
  public RelayBuilder tlsPort(int port) {
    tlsPort = OptionalInt.of(port);
    return this;
  }

  /** The certificate for https and tlstcp, in PEM; the key in PKCS#8. */
  public RelayBuilder certificate(Path chain, Path key) {
    certificate = Optional.of(new CertificateFiles(chain, key));
    return this;
  }

  /** Names are below this one; {@code localhost} if not said, which needs no DNS. */
  public RelayBuilder domain(String name) {
    domain = name;
    return this;
  }

  /** Lets in who knows the password. */
  public RelayBuilder password(String secret) {
    password = Optional.of(secret);
    return this;
  }

  /** Lets in who owns any key. */
  public RelayBuilder anyKey() {
    anyKey = true;
    return this;
  }

  /** Lets in the owners of the keys of a file in OpenSSH's format. */
  public RelayBuilder authorizedKeys(Path file) {
    authorizedKeys = Optional.of(file);
    return this;
  }

  /** Lets in who says this word in the user name, or as the password. */
  public RelayBuilder token(String secret) {
    tokens.add(secret);
    return this;
  }

  /** Where the host key is, or is to be written; if not said, each start makes a new one. */
  public RelayBuilder hostKeyFile(Path file) {
    hostKeyFile = Optional.of(file);
    return this;
  }

  /** Which ports TCP tunnels may have, both included; all if not said. */
  public RelayBuilder tcpPorts(int first, int last) {
    tcpPorts = new PortRange(first, last);
    return this;
  }

  /** What one address gets, and how long the relay waits; {@link Limits#DEFAULT} if not said. */
  public RelayBuilder limits(Limits limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Opens all ports or none, and returns when they are open.
   *
   * @throws IOException a port or a file cannot be used; the message says which
   */
  public Relay start() throws IOException {
    Set<HostKey> keys = new HashSet<>();
    if (authorizedKeys.isPresent()) {
      AuthorizedKeys.read(authorizedKeys.get()).forEach(key -> keys.add(HostKey.of(key)));
    }
    boolean open = password.isEmpty() && !anyKey && authorizedKeys.isEmpty() && tokens.isEmpty();
    return Relay.start(
        new RelayConfig(
            bind,
            sshPort,
            httpPort,
            tlsPort,
            certificate,
            domain,
            new Access(open, password, anyKey, keys, tokens),
            hostKeyFile,
            tcpPorts,
            limits));
  }
}
