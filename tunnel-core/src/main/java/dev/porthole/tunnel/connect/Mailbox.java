package dev.porthole.tunnel.connect;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What other threads want done on the tunnel's thread: events of the loop, calls of the program.
 * Bounded: news beyond the limit are dropped and counted.
 */
final class Mailbox {
  private static final int MAX_NEWS = 1024;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final AtomicInteger news = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  /** A task of the program; never dropped, since there are only as many as it made calls. */
  void call(Runnable task) {
    tasks.add(task);
  }

  /** News of the loop; dropped when the tunnel's thread is far behind. */
  void tell(Runnable task) {
    if (news.incrementAndGet() > MAX_NEWS) {
      news.decrementAndGet();
      dropped.incrementAndGet();
    } else {
      tasks.add(
          () -> {
            news.decrementAndGet();
            task.run();
          });
    }
  }

  /** News dropped since the last call. */
  int takeDropped() {
    return dropped.getAndSet(0);
  }

  /** Runs tasks until the fact holds; on the tunnel's thread. */
  void runUntil(CompletableFuture<?> fact) throws InterruptedException {
    fact.whenComplete((value, failure) -> tasks.add(() -> {}));
    while (!fact.isDone()) {
      tasks.take().run();
    }
  }

  /** Runs tasks until the fact holds or the time is over; true if it holds. */
  boolean runUntil(CompletableFuture<?> fact, Duration limit) throws InterruptedException {
    fact.whenComplete((value, failure) -> tasks.add(() -> {}));
    long end = System.nanoTime() + limit.toNanos();
    while (!fact.isDone()) {
      Runnable task = tasks.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (task == null) {
        return fact.isDone();
      }
      task.run();
    }
    return true;
  }

  /** Waits for a result, doing what comes in meanwhile; its failure comes unwrapped. */
  <T> T await(CompletableFuture<T> result) throws InterruptedException, ExecutionException {
    runUntil(result);
    return result.get();
  }
}
