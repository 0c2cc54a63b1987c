package dev.porthole.tunnel;

/**
 * One remote forward: what the relay is asked to listen on, and where its visitors are led.
 *
 * @param kind what visitors speak
 * @param bindHost the host of {@code -R}, verbatim: empty, an address, a name such as {@code
 *     app.example.com}, or a relay's typed form such as {@code tcp//host/34567}
 * @param bindPort the port of {@code -R}, 0 to 65535; 0 lets the relay choose
 * @param target the local service
 */
public record Forward(Kind kind, String bindHost, int bindPort, Target target) {

  /** What visitors speak. It decides what they get when the local service is not there. */
  public enum Kind {
    /** Not said: bytes are passed as they are; a visitor who speaks HTTP gets a 502. */
    ANY,
    /** HTTP. */
    HTTP,
    /** Any TCP protocol. */
    TCP,
    /** TLS, ended by the local service. */
    TLS,
    /** A TCP port and a TLS name whose TLS the relay ends. */
    TLSTCP
  }

  /** Checks the port. */
  public Forward {
    if (bindPort < 0 || bindPort > 65535) {
      throw new IllegalArgumentException("bindPort: " + bindPort + " (expected: 0 to 65535)");
    }
  }

  @Override
  public String toString() {
    return (bindHost.isEmpty() ? "" : bindHost + ":") + bindPort + " -> " + target;
  }
}
