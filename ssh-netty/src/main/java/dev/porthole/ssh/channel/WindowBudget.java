package dev.porthole.ssh.channel;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes peers may send before anybody reads them, over many channels: windows larger than
 * the least are lent from here. What a peer was promised cannot be taken back (RFC 4254 section
 * 5.2), so promises are counted, not bytes. Thread-safe.
 */
public final class WindowBudget {
  private final long limit;
  private final @Nullable WindowBudget whole;
  private final AtomicLong lent = new AtomicLong();

  private WindowBudget(long limit, @Nullable WindowBudget whole) {
    this.limit = limit;
    this.whole = whole;
  }

  /** A quarter of the largest heap of this JVM, which is also its limit of direct memory. */
  public static WindowBudget ofHeap() {
    return of(Runtime.getRuntime().maxMemory() / 4);
  }

  /** So many bytes. */
  public static WindowBudget of(long bytes) {
    return new WindowBudget(bytes, null);
  }

  /** For one connection of several: at most half, so that one cannot take all from the others. */
  public WindowBudget share() {
    return new WindowBudget(limit / 2, this);
  }

  /** Lends all of it or nothing. */
  boolean lend(int bytes) {
    if (lent.addAndGet(bytes) <= limit && (whole == null || whole.lend(bytes))) {
      return true;
    }
    lent.addAndGet(-bytes);
    return false;
  }

  void takeBack(int bytes) {
    lent.addAndGet(-bytes);
    if (whole != null) {
      whole.takeBack(bytes);
    }
  }
}
