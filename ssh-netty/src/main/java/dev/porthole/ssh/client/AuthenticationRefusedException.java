package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** The server accepted none of the credentials offered. */
public final class AuthenticationRefusedException extends SshException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  public AuthenticationRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
