package dev.porthole.ssh.channel;

import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** Configuration of a channel; {@code autoRead} is off until its owner turns it on. */
final class SshChannelConfig extends DefaultChannelConfig {
  // Reads are as large as the peer's packets; the allocator only has to be there.
  private static final RecvByteBufAllocator READS =
      new FixedRecvByteBufAllocator(Inbound.MAX_PACKET);

  private final SshChannel owner;

  SshChannelConfig(SshChannel owner) {
    super(owner, READS);
    this.owner = owner;
    setAutoRead(false);
  }

  @Override
  protected void autoReadCleared() {
    // Null while the super constructor runs.
    if (owner != null) {
      owner.inbound().stopReading();
    }
  }
}
