package dev.porthole.ssh.auth;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** A private key file that cannot be used; the message says why and what to do. */
public final class KeyFileException extends SshException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;

  /** What is wrong with a key file. */
  public enum Problem {
    /** There is no such file. */
    NOT_FOUND,
    /** It may not be read, or is no private key. */
    UNREADABLE,
    /** Others than its owner may read it. */
    TOO_OPEN,
    /** It is encrypted and no passphrase was given, or not the right one. */
    LOCKED
  }

  KeyFileException(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
