package dev.porthole.ssh.hostkey;

import dev.porthole.ssh.SshException;

/** The server's key is unknown, revoked, or not the one that was known before. */
public final class HostKeyRejectedException extends SshException {
  private static final long serialVersionUID = 1L;

  private final transient HostKey offered;
  private final boolean changed;

  /**
   * Rejects a key.
   *
   * @param changed true when another key is known for this server: never retry, never ask
   */
  public HostKeyRejectedException(String message, HostKey offered, boolean changed) {
    super(message, null);
    this.offered = offered;
    this.changed = changed;
  }

  /** The key the server showed. */
  public HostKey offered() {
    return offered;
  }

  /** True when another key is known for this server; false when none is. */
  public boolean changed() {
    return changed;
  }
}
