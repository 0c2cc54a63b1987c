package dev.porthole.tunnel.interop;

import dev.porthole.tunnel.Target;

/** A relay with our client connected to it. The suites do not know which relay it is. */
interface RelayUnderTest extends AutoCloseable {

  /** Opens a forward to a local service; returns when visitors can come. */
  PublicPlace share(Target target) throws Exception;

  /** As {@link #share}, for a service on a port of {@code localhost}. */
  default PublicPlace share(int port) throws Exception {
    return share(Target.plain("localhost", port));
  }

  /**
   * Whether the relay itself passes a reset on, from the visitor to us and back. OpenSSH does not:
   * a visitor's reset becomes EOF, ours becomes an orderly end.
   */
  boolean keepsResets();

  /** Visitors our client is serving now. */
  int visitors();

  @Override
  void close();
}
