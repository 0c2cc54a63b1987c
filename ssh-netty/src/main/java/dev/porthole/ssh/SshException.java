package dev.porthole.ssh;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something the SSH layer could not do. Subclasses name the fact; the message says which. */
public abstract class SshException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  protected SshException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
