package dev.porthole.relay.control;

import dev.porthole.relay.config.Limits;
import dev.porthole.ssh.server.SshServerConnection;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that are gone without a word: any inbound byte is a sign of life, silence is
 * asked about, and a name is not kept for the dead. Confined to the loop.
 */
final class Liveness {
  private final SshServerConnection connection;
  private final long intervalNanos;
  private final long limitNanos;
  private @Nullable ScheduledFuture<?> timer;

  private Liveness(SshServerConnection connection, Limits limits) {
    this.connection = connection;
    this.intervalNanos = limits.keepalive().toNanos();
    this.limitNanos = intervalNanos * (limits.misses() + 1);
  }

  /** Watches until the connection is gone. */
  static Liveness watch(SshServerConnection connection, Limits limits) {
    Liveness liveness = new Liveness(connection, limits);
    liveness.schedule(liveness.intervalNanos);
    connection.closed().thenRun(liveness::stop);
    return liveness;
  }

  /** Whether the client should have answered by now. */
  boolean isSilent() {
    return silence() > intervalNanos + intervalNanos / 2;
  }

  private long silence() {
    return System.nanoTime() - connection.lastReadNanos();
  }

  private void schedule(long nanos) {
    timer = connection.loop().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    long silence = silence();
    if (silence >= limitNanos) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(limitNanos);
      connection.disconnect("No sign of life for " + seconds + " s.");
    } else if (silence >= intervalNanos) {
      connection.keepalive();
      schedule(Math.min(intervalNanos, limitNanos - silence));
    } else {
      schedule(intervalNanos - silence);
    }
  }

  private void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
