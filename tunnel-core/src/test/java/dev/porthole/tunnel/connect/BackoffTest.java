package dev.porthole.tunnel.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.tunnel.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waiting before the next attempt. */
final class BackoffTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(
          true, false, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

  @Test
  void firstTryComesAtOnceThenCeilingsDoubleUpToTheCap() {
    Backoff backoff = new Backoff(POLICY, () -> 0.999_999);

    long[] seconds = new long[9];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = Math.round(backoff.next().toMillis() / 1000.0);
    }
    assertThat(seconds).containsExactly(0, 1, 2, 4, 8, 16, 30, 30, 30);
  }

  @Test
  void delayIsAnyPartOfTheCeiling() {
    assertThat(third(0.0)).isEqualTo(Duration.ZERO);
    assertThat(third(0.25)).isEqualTo(Duration.ofMillis(500));
    assertThat(third(0.5)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void tenThousandFailuresStayBelowTheCap() {
    Backoff backoff = new Backoff(POLICY, () -> 0.999_999);
    for (int i = 0; i < 10_000; i++) {
      assertThat(backoff.next()).isBetween(Duration.ZERO, Duration.ofSeconds(30));
    }
    assertThat(backoff.attempt()).isEqualTo(10_001);
  }

  @Test
  void onlyAConnectionThatStoodStartsTheCountAnew() {
    Backoff backoff = new Backoff(POLICY, () -> 0.5);
    backoff.next();
    backoff.next();

    backoff.stoodFor(Duration.ofMillis(29_999));
    assertThat(backoff.attempt()).isEqualTo(3);

    backoff.stoodFor(Duration.ofSeconds(30));
    assertThat(backoff.attempt()).isEqualTo(1);
    assertThat(backoff.next()).isEqualTo(Duration.ZERO);
  }

  @Test
  void hugePolicyDoesNotOverflow() {
    Duration century = Duration.ofDays(36_500);
    Backoff backoff =
        new Backoff(new RetryPolicy(true, true, century, century, Duration.ZERO), () -> 0.999_999);
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next()).isBetween(Duration.ZERO, century);
    }
  }

  private static Duration third(double random) {
    Backoff backoff = new Backoff(POLICY, () -> random);
    backoff.next();
    backoff.next();
    return backoff.next();
  }
}
