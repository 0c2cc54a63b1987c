package dev.porthole.ssh.channel;

/**
 * The address a remote forward listens on, as it stands in {@code tcpip-forward} (RFC 4254 section
 * 7.1): the host is passed on verbatim, its meaning is the relay's.
 *
 * @param host never null; empty means "all interfaces"
 * @param port 0 to 65535; 0 in a request lets the relay choose
 */
public record BindAddress(String host, int port) {

  /** Checks the range of the port. */
  public BindAddress {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
  }

  /** The same host with the port the relay gave. */
  public BindAddress withPort(int given) {
    return new BindAddress(host, given);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
