package dev.porthole.ssh.channel;

/** Why a channel was not opened (RFC 4254 section 5.1). */
public enum OpenFailure {
  /** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED. */
  ADMINISTRATIVELY_PROHIBITED(1),
  /** SSH_OPEN_CONNECT_FAILED. */
  CONNECT_FAILED(2),
  /** SSH_OPEN_UNKNOWN_CHANNEL_TYPE. */
  UNKNOWN_CHANNEL_TYPE(3),
  /** SSH_OPEN_RESOURCE_SHORTAGE. */
  RESOURCE_SHORTAGE(4);

  private final int code;

  OpenFailure(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The reason of a number on the wire; numbers of the private range count as CONNECT_FAILED. */
  public static OpenFailure of(long code) {
    for (OpenFailure reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return CONNECT_FAILED;
  }
}
