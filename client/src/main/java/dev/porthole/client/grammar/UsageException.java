package dev.porthole.client.grammar;

/** What was typed cannot be done; the message says why and what to type instead. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the sentence the user reads. */
  public UsageException(String message) {
    super(message);
  }
}
