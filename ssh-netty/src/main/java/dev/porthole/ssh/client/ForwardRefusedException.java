package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** The server refused a remote forward. */
public final class ForwardRefusedException extends SshException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  public ForwardRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
