package dev.porthole.tunnel.connect;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import java.util.Optional;

/**
 * A forward as it was asked for once. Who asks twice for the same has two of them: they are
 * compared by identity. Confined to the tunnel's thread.
 */
final class AskedForward {
  private final Forward forward;
  private Optional<BindAddress> granted = Optional.empty();

  AskedForward(Forward forward) {
    this.forward = forward;
  }

  Forward forward() {
    return forward;
  }

  /** What the relay granted last, if it ever did. */
  Optional<BindAddress> granted() {
    return granted;
  }

  void granted(BindAddress address) {
    granted = Optional.of(address);
  }
}
