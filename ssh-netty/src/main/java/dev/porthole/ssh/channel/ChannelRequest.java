package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;

/**
 * A SSH_MSG_CHANNEL_REQUEST (RFC 4254 section 5.4), fired as a user event. A handler that knows the
 * type answers with {@link #reply}; a request nobody answers during the event is refused.
 */
public final class ChannelRequest {
  private final Outbound channel;
  private final String type;
  private final boolean wantReply;
  private final ByteBuf payload;
  private boolean answered;

  ChannelRequest(Outbound channel, String type, boolean wantReply, ByteBuf payload) {
    this.channel = channel;
    this.type = type;
    this.wantReply = wantReply;
    this.payload = payload;
  }

  /** Such as {@code shell}, {@code exec}, {@code pty-req}, {@code exit-status}. */
  public String type() {
    return type;
  }

  /** The type-specific rest, valid during the event only. */
  public ByteBuf payload() {
    return payload;
  }

  /** Answers, if the peer wants to know; once. */
  public void reply(boolean success) {
    if (!answered) {
      answered = true;
      if (wantReply) {
        channel.requestReply(success);
      }
    }
  }
}
