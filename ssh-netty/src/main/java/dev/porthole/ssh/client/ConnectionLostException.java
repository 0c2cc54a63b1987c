package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** The connection ended, or ended before an answer came. */
public final class ConnectionLostException extends SshException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  public ConnectionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
