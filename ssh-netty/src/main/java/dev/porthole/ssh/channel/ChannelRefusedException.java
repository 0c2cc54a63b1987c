package dev.porthole.ssh.channel;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** The peer refused to open a channel, or the connection ended before it answered. */
public final class ChannelRefusedException extends SshException {
  private static final long serialVersionUID = 1L;

  private final OpenFailure reason;

  /** A refusal for want of a peer. */
  public ChannelRefusedException(String message, @Nullable Throwable cause) {
    this(OpenFailure.CONNECT_FAILED, message, cause);
  }

  /** A refusal with the peer's reason code. */
  public ChannelRefusedException(OpenFailure reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The reason code. */
  public OpenFailure reason() {
    return reason;
  }
}
