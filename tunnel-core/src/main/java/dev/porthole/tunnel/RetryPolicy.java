package dev.porthole.tunnel;

import java.time.Duration;

/**
 * When to try again after the connection was lost. Delays are drawn at random between 0 and a
 * ceiling that doubles from {@code first} to {@code cap} (full jitter); the first try comes at
 * once.
 *
 * @param enabled false: the tunnel ends when the connection does
 * @param firstConnect whether a failed first connect is retried too
 * @param first ceiling of the second delay
 * @param cap highest ceiling
 * @param stable how long a connection has to stand before the count starts anew
 */
public record RetryPolicy(
    boolean enabled, boolean firstConnect, Duration first, Duration cap, Duration stable) {

  /** Reconnects for ever, at most 30 s apart; a first connect that fails ends the attempt. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        true, false, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /** One connection, no second. */
  public static RetryPolicy never() {
    return new RetryPolicy(false, false, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
