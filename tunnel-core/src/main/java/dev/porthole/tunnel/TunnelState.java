package dev.porthole.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a tunnel is doing now. */
public sealed interface TunnelState {

  /** Connecting, authenticating, or asking for forwards. */
  record Connecting(int attempt) implements TunnelState {}

  /** Visitors are served. */
  record Online(List<PublicUrl> urls) implements TunnelState {}

  /** Waiting before the next attempt. */
  record Waiting(int attempt, Duration delay, TunnelException cause) implements TunnelState {}

  /** No new visitors; the ones inside finish. */
  record Draining() implements TunnelState {}

  /** The end. The cause is absent when we closed it. */
  record Closed(Optional<TunnelException> cause) implements TunnelState {}
}
