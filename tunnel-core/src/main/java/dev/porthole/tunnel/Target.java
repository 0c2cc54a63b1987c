package dev.porthole.tunnel;

/**
 * The local service a forward leads to.
 *
 * @param address {@code localhost} means 127.0.0.1 and ::1, whichever answers first
 * @param tls whether the client speaks TLS to the service (an {@code https://} target)
 */
public record Target(HostPort address, boolean tls) {

  /** A service that gets the visitor's bytes as they are. */
  public static Target plain(String host, int port) {
    return new Target(new HostPort(host, port), false);
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "") + address;
  }
}
