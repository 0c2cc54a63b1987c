package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** What answered does not speak SSH 2, or stopped before the key exchange was done. */
public final class NotSshException extends SshException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  public NotSshException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
