package dev.porthole.tunnel.connect;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.Tunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.TunnelListener;
import dev.porthole.tunnel.TunnelState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel and its thread. The thread tells the whole story, top down: {@link #live} connects,
 * stays online until the connection is lost, waits, and connects again. It owns all state; other
 * threads leave tasks in the mailbox.
 */
final class SupervisedTunnel implements Tunnel {
  private static final Logger LOGGER = LoggerFactory.getLogger(SupervisedTunnel.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final TunnelConfig config;
  private final TunnelListener listener;
  private final Thread thread = new Thread(this::run, "porthole-tunnel");
  private final Mailbox mailbox = new Mailbox();
  private final CompletableFuture<List<PublicUrl>> ready = new CompletableFuture<>();
  private final CompletableFuture<TunnelState.Closed> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final CompletableFuture<Void> stopAtOnce = new CompletableFuture<>();

  // Confined to the tunnel's thread.
  private final AskedForwards forwards;
  private List<PublicUrl> lastUrls = List.of();

  private volatile TunnelState state = new TunnelState.Connecting(1);
  private volatile List<PublicUrl> urls = List.of();
  private volatile @Nullable LiveConnection live;
  private volatile @Nullable Duration drainLimit;

  SupervisedTunnel(TunnelConfig config, TunnelListener listener) {
    this.config = config;
    this.listener = listener;
    this.forwards = new AskedForwards(config.forwards(), mailbox, this::emit);
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  // The tunnel's thread.

  private void run() {
    Optional<TunnelException> cause = Optional.empty();
    try (Connector connector = new Connector(config, mailbox, this::emit, stop)) {
      live(connector);
    } catch (TunnelException e) {
      cause = Optional.of(e);
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("interrupted, closing");
    } catch (RuntimeException | Error e) { // a bug of ours must end the tunnel, not hang its users
      LOGGER.atError().setCause(e).log("the tunnel's thread failed");
      cause = Optional.of(Failures.lost(config.relay(), "internal error: " + e, e));
    }
    end(cause);
  }

  private void live(Connector connector) throws TunnelException, InterruptedException {
    Backoff backoff = new Backoff(config.retry(), ThreadLocalRandom.current()::nextDouble);
    while (!stop.isDone()) {
      try (LiveConnection connection = connect(connector, backoff.attempt())) {
        long since = System.nanoTime();
        TunnelException loss = stayOnline(connection);
        backoff.stoodFor(Duration.ofNanos(System.nanoTime() - since));
        urls = List.of();
        if (stop.isDone()) {
          return;
        }
        emit(new TunnelEvent.Lost(loss));
        pause(loss, backoff);
      } catch (TunnelException failure) {
        if (stop.isDone()) {
          return;
        }
        pause(failure, backoff);
      } finally {
        live = null;
      }
    }
  }

  private LiveConnection connect(Connector connector, int attempt)
      throws TunnelException, InterruptedException {
    state = new TunnelState.Connecting(attempt);
    LiveConnection connection = connector.connect(attempt, forwards.all());
    live = connection;
    forwards.takeBackRemoved(connection);
    announce(connector.publicUrls());
    return connection;
  }

  /** Tells new URLs, and loudly if they are not the ones the world knows. */
  private void announce(List<PublicUrl> now) {
    List<PublicUrl> before = lastUrls;
    lastUrls = now;
    urls = now;
    if (!before.isEmpty() && !before.equals(now)) {
      emit(new TunnelEvent.UrlChanged(before, now));
    }
    state = new TunnelState.Online(now);
    emit(new TunnelEvent.Ready(now));
    ready.complete(now);
  }

  private TunnelException stayOnline(LiveConnection connection) throws InterruptedException {
    CompletableFuture<?> over = CompletableFuture.anyOf(connection.ssh().closed(), stop);
    mailbox.runUntil(over);
    Duration limit = drainLimit;
    if (limit != null && !stopAtOnce.isDone() && !connection.ssh().closed().isDone()) {
      state = new TunnelState.Draining();
      emit(new TunnelEvent.Draining(connection.visitors().count()));
      mailbox.runUntil(CompletableFuture.anyOf(connection.drain(), stopAtOnce), limit);
    }
    String reason = connection.ssh().closed().getNow("closed");
    return connection.refusal().orElseGet(() -> Failures.lost(config.relay(), reason, null));
  }

  /** Waits before the next attempt, or gives up by throwing the failure again. */
  private void pause(TunnelException failure, Backoff backoff)
      throws TunnelException, InterruptedException {
    boolean retry =
        config.retry().enabled()
            && failure.retryable()
            && (ready.isDone() || config.retry().firstConnect());
    if (!retry) {
      throw failure;
    }
    Duration delay = backoff.next();
    state = new TunnelState.Waiting(backoff.attempt(), delay, failure);
    emit(new TunnelEvent.Reconnecting(backoff.attempt(), delay));
    mailbox.runUntil(stop, delay);
  }

  private void end(Optional<TunnelException> cause) {
    urls = List.of();
    TunnelState.Closed last = new TunnelState.Closed(cause);
    state = last;
    emit(new TunnelEvent.Closed(cause));
    ready.completeExceptionally(
        cause.orElseGet(() -> Failures.lost(config.relay(), "closed before it stood", null)));
    closed.complete(last);
  }

  private void emit(TunnelEvent event) {
    int dropped = mailbox.takeDropped();
    if (dropped > 0) {
      tell(new TunnelEvent.Warning(dropped + " events were not told: too many at once"));
    }
    tell(event);
  }

  private void tell(TunnelEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) { // a listener's fault is not the tunnel's end
      LOGGER.atError().setCause(e).log("listener failed");
    }
  }

  // Any thread.

  @Override
  public TunnelState state() {
    return state;
  }

  @Override
  public List<PublicUrl> urls() {
    return urls;
  }

  @Override
  public int visitors() {
    LiveConnection now = live;
    return now == null ? 0 : now.visitors().count();
  }

  @Override
  public CompletableFuture<List<PublicUrl>> ready() {
    return ready;
  }

  @Override
  public CompletableFuture<TunnelState.Closed> closed() {
    return closed;
  }

  @Override
  public CompletableFuture<Integer> add(Forward forward) {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    mailbox.call(() -> forwards.add(live, forward, port));
    closed.thenRun(() -> port.completeExceptionally(AskedForwards.notOnline(forward)));
    return port;
  }

  @Override
  public CompletableFuture<Void> remove(Forward forward) {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    mailbox.call(() -> forwards.remove(live, forward, removed));
    closed.thenRun(() -> removed.complete(null));
    return removed;
  }

  @Override
  public void drain(Duration limit) {
    drainLimit = limit;
    stop.complete(null);
  }

  @Override
  public void close() {
    stopAtOnce.complete(null);
    stop.complete(null);
    if (Thread.currentThread() != thread) {
      try {
        closed.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        LOGGER.atWarn().log("the tunnel did not end in time");
        thread.interrupt();
      }
    }
  }
}
