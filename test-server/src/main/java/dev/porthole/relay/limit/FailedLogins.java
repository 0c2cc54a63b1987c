package dev.porthole.relay.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Who fails to log in too often has to wait until a minute is over. Confined to the loop. */
public final class FailedLogins {
  private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** More addresses than this are looked through for those that have waited. */
  private static final int MANY = 1024;

  private final int limit;
  private final LongSupplier nanos;
  private final Map<InetAddress, Failures> failures = new HashMap<>();

  private record Failures(int count, long since) {}

  /**
   * A counter.
   *
   * @param limit in a minute, at least 1
   * @param nanos the time, as {@link System#nanoTime()} tells it
   */
  public FailedLogins(int limit, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
  }

  /** A login failed. */
  public void add(InetAddress address) {
    if (failures.size() > MANY) {
      failures.values().removeIf(this::isOver);
    }
    failures.merge(
        PerAddress.owner(address),
        new Failures(1, nanos.getAsLong()),
        (old, first) -> isOver(old) ? first : new Failures(old.count() + 1, old.since()));
  }

  /** Whether the address has to wait. */
  public boolean isTooMany(InetAddress address) {
    Failures known = failures.get(PerAddress.owner(address));
    return known != null && !isOver(known) && known.count() >= limit;
  }

  private boolean isOver(Failures known) {
    return nanos.getAsLong() - known.since() > WINDOW_NANOS;
  }
}
