package dev.porthole.relay.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a relay is told.
 *
 * @param bind address all ports are opened on
 * @param sshPort 0 to 65535; 0 takes a free one
 * @param httpPort 0 to 65535; 0 takes a free one
 * @param tlsPort for TLS by server name; absent: no such port
 * @param certificate for the TLS that the relay ends; absent: it ends none
 * @param domain names are below it; {@code localhost} needs no DNS
 * @param access who may log in
 * @param hostKeyFile read, or made when missing; absent: a new key at each start
 * @param tcpPorts which ports TCP tunnels may have
 * @param limits what one address gets
 */
public record RelayConfig(
    String bind,
    int sshPort,
    int httpPort,
    OptionalInt tlsPort,
    Optional<CertificateFiles> certificate,
    String domain,
    Access access,
    Optional<Path> hostKeyFile,
    PortRange tcpPorts,
    Limits limits) {

  /**
   * A certificate and its key, in PEM.
   *
   * @param chain leaf first
   * @param key PKCS#8
   */
  public record CertificateFiles(Path chain, Path key) {}

  /**
   * Ports, both ends included.
   *
   * @param first 1 to 65535
   * @param last at least first
   */
  public record PortRange(int first, int last) {

    /** Checks both. */
    public PortRange {
      if (first < 1 || last > 65535 || first > last) {
        throw new IllegalArgumentException(
            "ports: " + first + "-" + last + " (expected: 1 to 65535, first not above last)");
      }
    }

    /** All ports. */
    public static PortRange all() {
      return new PortRange(1, 65535);
    }

    /** Whether it is the whole range. */
    public boolean isAll() {
      return first == 1 && last == 65535;
    }

    /** Whether a port is in it. */
    public boolean contains(int port) {
      return port >= first && port <= last;
    }
  }
}
