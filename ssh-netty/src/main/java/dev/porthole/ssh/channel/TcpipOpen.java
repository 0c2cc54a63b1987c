package dev.porthole.ssh.channel;

import io.netty.channel.ChannelHandler;

/**
 * A peer's wish to open a {@code forwarded-tcpip} or {@code direct-tcpip} channel (RFC 4254 section
 * 7.2).
 */
public final class TcpipOpen implements ChannelOpen {
  private final ChannelOpen open;
  private final BindAddress address;
  private final BindAddress originator;

  TcpipOpen(ChannelOpen open, BindAddress address, BindAddress originator) {
    this.open = open;
    this.address = address;
    this.originator = originator;
  }

  /**
   * The forward the connection arrived on ({@code forwarded-tcpip}) or where it wants to go ({@code
   * direct-tcpip}).
   */
  public BindAddress address() {
    return address;
  }

  /** Where the connection comes from, as the peer says; not to be trusted. */
  public BindAddress originator() {
    return originator;
  }

  @Override
  public SshChannel accept(ChannelHandler handler) {
    return open.accept(handler);
  }

  @Override
  public void refuse(OpenFailure reason, String message) {
    open.refuse(reason, message);
  }

  @Override
  public boolean isPending() {
    return open.isPending();
  }
}
