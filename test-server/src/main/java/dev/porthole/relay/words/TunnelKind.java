package dev.porthole.relay.words;

/** What the visitors of a tunnel speak. */
public enum TunnelKind {
  /** HTTP, found by host name. */
  HTTP,
  /** Any protocol, on a TCP port of its own. */
  TCP,
  /** TLS that the local service ends, found by server name (RFC 6066 section 3). */
  TLS,
  /** A TCP port, and a server name whose TLS the relay ends. */
  TLSTCP
}
