package dev.porthole.tunnel.dial;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address that answers (RFC 8305): one attempt after the other, the next
 * begins when one fails or after 250 ms; the first connection wins and the others are closed.
 * Confined to the loop.
 */
public final class AddressRace {
  /** RFC 8305 section 5: recommended delay between attempts. */
  private static final long ATTEMPT_DELAY_MILLIS = 250;

  private final Bootstrap bootstrap;
  private final Iterator<InetSocketAddress> remaining;
  private final Promise<Channel> winner;
  private final EventLoop loop;
  private final List<ChannelFuture> running = new ArrayList<>(2);
  private @Nullable ScheduledFuture<?> nextStart;
  private @Nullable Throwable lastFailure;

  private AddressRace(Bootstrap bootstrap, List<InetSocketAddress> addresses, EventLoop loop) {
    this.bootstrap = bootstrap;
    this.remaining = addresses.iterator();
    this.loop = loop;
    this.winner = loop.newPromise();
  }

  /**
   * Starts a race; on the loop. The promise fails with the last failure when no address answers,
   * and with a {@link ConnectException} when the limit passes.
   *
   * @param bootstrap with handler and options, without group
   * @param addresses in the order to try; at least one
   */
  public static Promise<Channel> start(
      Bootstrap bootstrap, List<InetSocketAddress> addresses, EventLoop loop, long limitMillis) {
    AddressRace race = new AddressRace(bootstrap.clone(loop), addresses, loop);
    ScheduledFuture<?> timer =
        loop.schedule(() -> race.timedOut(limitMillis), limitMillis, TimeUnit.MILLISECONDS);
    race.winner.addListener(done -> timer.cancel(false));
    race.next();
    return race.winner;
  }

  private void next() {
    if (nextStart != null) {
      nextStart.cancel(false);
    }
    if (winner.isDone() || !remaining.hasNext()) {
      failIfNobodyRuns();
      return;
    }
    ChannelFuture attempt = bootstrap.connect(remaining.next());
    running.add(attempt);
    nextStart = loop.schedule(this::next, ATTEMPT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
    attempt.addListener(done -> onDone(attempt));
  }

  private void onDone(ChannelFuture attempt) {
    running.remove(attempt);
    if (!attempt.isSuccess()) {
      lastFailure = attempt.cause();
      next();
    } else if (winner.trySuccess(attempt.channel())) {
      end();
    } else {
      attempt.channel().close();
    }
  }

  private void failIfNobodyRuns() {
    if (running.isEmpty() && !winner.isDone() && lastFailure != null) {
      winner.tryFailure(lastFailure);
    }
  }

  private void timedOut(long limitMillis) {
    if (winner.tryFailure(new ConnectException("no answer within " + limitMillis + " ms"))) {
      end();
    }
  }

  private void end() {
    if (nextStart != null) {
      nextStart.cancel(false);
    }
    // A copy: an attempt that is closed reports at once and leaves the list.
    List.copyOf(running).forEach(attempt -> attempt.channel().close());
  }
}
