package dev.porthole.client.console;

import java.util.concurrent.CountDownLatch;

/** Waits until somebody wants the program to stop. */
public final class StopLatch {
  private StopLatch() {}

  /** Returns at the first Ctrl-C, SIGTERM, or interrupt. */
  public static void await(StopSignals signals) {
    CountDownLatch stopped = new CountDownLatch(1);
    signals.onStop(stopped::countDown);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
