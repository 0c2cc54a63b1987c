package dev.porthole.relay.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts what addresses have open. Confined to the loop. */
public final class PerAddress {
  private final int limit;
  private final Map<InetAddress, Integer> open = new HashMap<>();

  /**
   * A counter.
   *
   * @param limit for one address, at least 1
   */
  public PerAddress(int limit) {
    this.limit = limit;
  }

  /** Whether the address has all it may have. */
  public boolean isFull(InetAddress address) {
    return open.getOrDefault(owner(address), 0) >= limit;
  }

  /** One more. */
  public void enter(InetAddress address) {
    open.merge(owner(address), 1, Integer::sum);
  }

  /** One less. */
  public void leave(InetAddress address) {
    open.computeIfPresent(owner(address), (key, count) -> count > 1 ? count - 1 : null);
  }

  /** Who has one IPv6 address usually has 2^64 of them (RFC 4291 section 2.5.4). */
  static InetAddress owner(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
