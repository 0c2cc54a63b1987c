package dev.porthole.relay.limit;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How many visitors there may be, of one address and of all. Confined to the loop. */
public final class VisitorLimit {
  private final PerAddress perAddress;
  private final int limit;
  private int visitors;

  /** What becomes of a visitor. */
  public enum Verdict {
    /** Is counted until its connection is closed. */
    ADMITTED,
    /** Its address has too many connections. */
    TOO_MANY_OF_ADDRESS,
    /** All together are too many. */
    TOO_MANY
  }

  /**
   * A limit.
   *
   * @param perAddress at least 1
   * @param limit for all, at least 1
   */
  public VisitorLimit(int perAddress, int limit) {
    this.perAddress = new PerAddress(perAddress);
    this.limit = limit;
  }

  /** Decides about a new connection. */
  public Verdict admit(Channel visitor) {
    if (!(visitor.remoteAddress() instanceof InetSocketAddress remote)) {
      return Verdict.TOO_MANY; // gone already
    }
    InetAddress address = remote.getAddress();
    if (visitors >= limit) {
      return Verdict.TOO_MANY;
    }
    if (perAddress.isFull(address)) {
      return Verdict.TOO_MANY_OF_ADDRESS;
    }
    visitors++;
    perAddress.enter(address);
    visitor.closeFuture().addListener(closed -> leave(address));
    return Verdict.ADMITTED;
  }

  private void leave(InetAddress address) {
    visitors--;
    perAddress.leave(address);
  }
}
