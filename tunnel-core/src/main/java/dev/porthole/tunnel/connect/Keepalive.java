package dev.porthole.tunnel.connect;

import dev.porthole.ssh.client.SshConnection;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a connection for signs of life. Any inbound byte counts; a probe goes out after an
 * interval of silence, also during a key exchange; the connection is dead after interval × (misses
 * + 1) without a byte. Confined to the loop.
 */
final class Keepalive {
  private final SshConnection connection;
  private final long intervalNanos;
  private final int misses;
  private @Nullable ScheduledFuture<?> timer;

  private Keepalive(SshConnection connection, Duration interval, int misses) {
    this.connection = connection;
    this.intervalNanos = interval.toNanos();
    this.misses = misses;
  }

  /** Watches until the connection is closed; an interval of zero watches nothing. */
  static void watch(SshConnection connection, Duration interval, int misses) {
    if (!interval.isZero()) {
      Keepalive keepalive = new Keepalive(connection, interval, misses);
      connection.loop().execute(keepalive::schedule);
      connection.closed().thenRun(keepalive::stop);
    }
  }

  private void schedule() {
    timer = connection.loop().schedule(this::check, intervalNanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    long silence = System.nanoTime() - connection.lastReadNanos();
    if (silence >= intervalNanos * (misses + 1)) {
      connection.abandon("no sign of life for " + TimeUnit.NANOSECONDS.toSeconds(silence) + " s");
      return;
    }
    if (silence >= intervalNanos) {
      connection.keepalive();
    }
    schedule();
  }

  private void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
