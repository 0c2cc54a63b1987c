package dev.porthole.relay.words;

/** A client asked for something that is not offered; the message is the sentence it is told. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a whole sentence. */
  public RefusedException(String sentence) {
    super(sentence);
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
