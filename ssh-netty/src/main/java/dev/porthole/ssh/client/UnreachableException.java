package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** No byte stream to the server could be made: name not found, connection refused, timed out. */
public final class UnreachableException extends SshException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  public UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
