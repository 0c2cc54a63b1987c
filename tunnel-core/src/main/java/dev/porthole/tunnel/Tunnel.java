package dev.porthole.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A tunnel that was opened. Methods may be called on any thread. */
public interface Tunnel extends AutoCloseable {

  /** What it is doing now. */
  TunnelState state();

  /** The public URLs that are valid now; empty while there are none. */
  List<PublicUrl> urls();

  /** Visitors being served now. */
  int visitors();

  /**
   * Completes with the URLs when the tunnel stands for the first time, or fails with the {@link
   * TunnelException} that ended the attempt.
   */
  CompletableFuture<List<PublicUrl>> ready();

  /** Completes when the tunnel has ended, with its last state; never fails. */
  CompletableFuture<TunnelState.Closed> closed();

  /**
   * Asks the relay for one more forward; visitors of the others are not disturbed. Fails with
   * {@link TunnelException.ForwardRefused}; fulfilled with the granted port.
   */
  CompletableFuture<Integer> add(Forward forward);

  /** Takes a forward back. Visitors already inside stay. Fulfilled when the relay has answered. */
  CompletableFuture<Void> remove(Forward forward);

  /** Takes all forwards back, waits for visitors up to the limit, then closes. Returns at once. */
  void drain(Duration limit);

  /** Ends at once: forwards, visitors, connection. Blocks until closed, at most some seconds. */
  @Override
  void close();
}
