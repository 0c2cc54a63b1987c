package dev.porthole.ssh.channel;

import io.netty.channel.socket.DuplexChannel;

/**
 * An SSH channel as a Netty channel. {@code autoRead} and writability are the SSH window, {@code
 * shutdownOutput} is SSH_MSG_CHANNEL_EOF, {@code close} is SSH_MSG_CHANNEL_CLOSE. The peer's EOF
 * arrives as {@code ChannelInputShutdownEvent} (half-closure is always on). A channel whose peer
 * closes it without EOF was reset: {@link #isReset} is then true when {@code channelInactive}
 * fires.
 *
 * <p>All channels of a connection live on the event loop of that connection.
 */
public interface SshChannel extends DuplexChannel {

  /** {@code forwarded-tcpip}, {@code direct-tcpip} or {@code session}. */
  String type();

  /** True when the peer ended the channel without EOF, or the connection was lost. */
  boolean isReset();

  /** Closes without EOF, which is how SSH says "connection reset" to the other side. */
  void reset();
}
