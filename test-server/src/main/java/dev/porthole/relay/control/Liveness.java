package dev.porthole.relay.control;

import dev.porthole.ssh.server.SshServerConnection;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices clients that are gone without a word: any inbound byte is a sign of life, silence is
 * asked about, and a name is not kept for the dead. Confined to the loop.
 */
final class Liveness {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final int MISSES = 3;

  private final SshServerConnection connection;
  private @Nullable ScheduledFuture<?> timer;

  private Liveness(SshServerConnection connection) {
    this.connection = connection;
  }

  /** Watches until the connection is gone. */
  static void watch(SshServerConnection connection) {
    Liveness liveness = new Liveness(connection);
    liveness.schedule();
    connection.closed().thenRun(liveness::stop);
  }

  private void schedule() {
    timer = connection.loop().schedule(this::check, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
  }

  private void check() {
    long silence = System.nanoTime() - connection.lastReadNanos();
    if (silence >= INTERVAL_NANOS * (MISSES + 1)) {
      connection.disconnect("No sign of life for a minute.");
      return;
    }
    if (silence >= INTERVAL_NANOS) {
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
