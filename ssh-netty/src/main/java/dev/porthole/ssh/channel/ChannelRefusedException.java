package dev.porthole.ssh.channel;

import dev.porthole.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** The peer refused to open a channel. */
public final class ChannelRefusedException extends SshException {
  private static final long serialVersionUID = 1L;

  /** A fact with its cause, if there is one. */
  public ChannelRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
