package dev.porthole.ssh.channel;

import io.netty.channel.ChannelHandler;

/**
 * A peer's wish to open a channel (RFC 4254 section 5.1). It is answered once, by {@link #accept}
 * or {@link #refuse}, now or later, on the event loop of the connection.
 */
public interface ChannelOpen {

  /**
   * Confirms the channel. The handler is added to the new channel's pipeline before any byte is
   * read; nothing is read before the channel's {@code autoRead} (or a {@code read()}) asks for it.
   */
  SshChannel accept(ChannelHandler handler);

  /** Refuses the channel with a reason code and a text for the peer. */
  void refuse(OpenFailure reason, String message);

  /** False once it is answered, or the connection is gone: there is nobody left to answer. */
  boolean isPending();
}
