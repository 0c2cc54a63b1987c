package dev.porthole.tunnel.connect;

import dev.porthole.tunnel.Forward;

/**
 * A forward as it was asked for once. Who asks twice for the same has two of them: they are
 * compared by identity. Confined to the tunnel's thread.
 */
final class AskedForward {
  private final Forward forward;
  private int lastPort;

  AskedForward(Forward forward) {
    this.forward = forward;
  }

  Forward forward() {
    return forward;
  }

  /** The port the relay granted last; 0 if it never did. */
  int lastPort() {
    return lastPort;
  }

  void granted(int port) {
    lastPort = port;
  }
}
