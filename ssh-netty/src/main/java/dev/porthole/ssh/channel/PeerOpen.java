package dev.porthole.ssh.channel;

import io.netty.channel.ChannelHandler;

/** A SSH_MSG_CHANNEL_OPEN of the peer that waits for its answer. Confined to the loop. */
final class PeerOpen implements ChannelOpen {
  private final ChannelTable table;
  private final String type;
  private final int sender;
  private final long window;
  private final long maxPacket;
  private boolean answered;

  PeerOpen(ChannelTable table, String type, int sender, long window, long maxPacket) {
    this.table = table;
    this.type = type;
    this.sender = sender;
    this.window = window;
    this.maxPacket = maxPacket;
  }

  @Override
  public boolean isPending() {
    return !answered && !table.isLost();
  }

  @Override
  public SshChannel accept(ChannelHandler handler) {
    answer();
    return table.confirm(type, sender, window, maxPacket, handler);
  }

  @Override
  public void refuse(OpenFailure reason, String message) {
    answer();
    table.refuse(sender, reason, message);
  }

  private void answer() {
    if (answered) {
      throw new IllegalStateException("the channel open was answered before");
    }
    answered = true;
  }
}
