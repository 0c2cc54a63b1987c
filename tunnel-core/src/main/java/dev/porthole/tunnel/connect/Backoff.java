package dev.porthole.tunnel.connect;

import dev.porthole.tunnel.RetryPolicy;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: at once for the first, then a random time below a
 * ceiling that doubles up to a cap ("full jitter"), so that many clients of one relay do not come
 * back in step. Confined to the tunnel's thread.
 */
final class Backoff {
  private final RetryPolicy policy;
  private final DoubleSupplier random;
  private int failures;

  /**
   * A fresh count.
   *
   * @param random uniform in [0, 1)
   */
  Backoff(RetryPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  /** Attempts since the connection last was stable, this one included. */
  int attempt() {
    return failures + 1;
  }

  /** Counts a failure and says how long to wait. */
  Duration next() {
    failures++;
    if (failures == 1) {
      return Duration.ZERO;
    }
    long first = policy.first().toMillis();
    long cap = policy.cap().toMillis();
    int doublings = Math.min(failures - 2, Long.SIZE - 2);
    long ceiling = first <= cap >> doublings ? first << doublings : cap;
    return Duration.ofMillis((long) (random.getAsDouble() * ceiling));
  }

  /** The connection stood for a while; it counts as stable after the policy's time. */
  void stoodFor(Duration time) {
    if (time.compareTo(policy.stable()) >= 0) {
      failures = 0;
    }
  }
}
