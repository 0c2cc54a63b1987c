package dev.porthole.tunnel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a tunnel tells, in the order it happens. Text from the network is already escaped. */
public sealed interface TunnelEvent {

  /** A connection is being made; {@code attempt} counts from 1 since the tunnel last stood. */
  record Connecting(HostPort relay, int attempt) implements TunnelEvent {}

  /** Keys were exchanged and the host key was accepted. */
  record Connected(HostPort relay, String serverVersion, String hostKey) implements TunnelEvent {}

  /** A host key was seen for the first time and written to known_hosts. */
  record HostKeyRemembered(String hostKey, String file) implements TunnelEvent {}

  /** The relay knows who we are. */
  record Authenticated(String user) implements TunnelEvent {}

  /** A forward stands; {@code grantedPort} is what the relay answered. */
  record ForwardStands(Forward forward, int grantedPort) implements TunnelEvent {}

  /** A forward was refused; the others live on. */
  record ForwardFailed(Forward forward, String reason) implements TunnelEvent {}

  /** A {@code -L} port listens on this machine. */
  record LocalForwardStands(LocalForward forward, int boundPort) implements TunnelEvent {}

  /** A {@code -L} port could not be opened. */
  record LocalForwardFailed(LocalForward forward, String reason) implements TunnelEvent {}

  /** A public URL is valid from now on; the forward if the relay tells which. */
  record Url(PublicUrl url, Optional<Forward> forward) implements TunnelEvent {}

  /** A URL that was valid before the connection was lost is not given again. */
  record UrlChanged(List<PublicUrl> before, List<PublicUrl> now) implements TunnelEvent {}

  /** Every forward that was asked for was answered, and all URLs were told. */
  record Ready(List<PublicUrl> urls) implements TunnelEvent {}

  /** A line the relay wrote to the session, escaped. */
  record RelayText(String line) implements TunnelEvent {}

  /** Something the user should know that stops nothing. */
  record Warning(String message) implements TunnelEvent {}

  /** The connection was lost. */
  record Lost(TunnelException cause) implements TunnelEvent {}

  /** The next attempt comes after the delay. */
  record Reconnecting(int attempt, Duration delay) implements TunnelEvent {}

  /** A visitor could not be led to the local service. */
  record VisitFailed(Target target, String visitor, String reason) implements TunnelEvent {}

  /** The tunnel takes no new visitors and waits for those it has. */
  record Draining(int visitors) implements TunnelEvent {}

  /** The end; nothing follows. The cause is absent when we closed it. */
  record Closed(Optional<TunnelException> cause) implements TunnelEvent {}
}
