package dev.porthole.tunnel.connect;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.relay.RelayDialect;
import dev.porthole.tunnel.visit.Visitors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated connection with its forwards and visitors. Confined to the tunnel's thread; what
 * arrives on the loop goes straight to {@link Visitors}.
 */
final class LiveConnection implements AutoCloseable {
  private final SshConnection ssh;
  private final Visitors visitors;
  private final RelayDialect dialect;
  private final Map<AskedForward, BindAddress> granted = new LinkedHashMap<>();
  private @Nullable SessionText text;

  LiveConnection(SshConnection ssh, Visitors visitors, RelayDialect dialect) {
    this.ssh = ssh;
    this.visitors = visitors;
    this.dialect = dialect;
  }

  SshConnection ssh() {
    return ssh;
  }

  Visitors visitors() {
    return visitors;
  }

  RelayDialect dialect() {
    return dialect;
  }

  Map<AskedForward, BindAddress> granted() {
    return granted;
  }

  /** The session of this connection. */
  void says(SessionText session) {
    text = session;
  }

  /** Why the relay wants no tunnel of ours, if it said so. */
  Optional<TunnelException> refusal() {
    return text == null ? Optional.empty() : text.refusal().map(Failures::refusedByRelay);
  }

  /** Asks for a forward; the answer is noted by {@link #stands}. */
  CompletableFuture<BindAddress> request(AskedForward asked, BindAddress wanted) {
    Forward forward = asked.forward();
    return ssh.requestForward(wanted, open -> visitors.onOpen(open, forward));
  }

  void stands(AskedForward asked, BindAddress address) {
    asked.granted(address);
    granted.put(asked, address);
  }

  CompletableFuture<Void> cancel(AskedForward asked) {
    BindAddress address = granted.remove(asked);
    return address == null ? CompletableFuture.completedFuture(null) : ssh.cancelForward(address);
  }

  /** Takes all forwards back and refuses new visitors; done when the last visitor has left. */
  CompletableFuture<Void> drain() {
    CompletableFuture<?>[] cancelled =
        granted.values().stream()
            .map(address -> ssh.cancelForward(address).exceptionally(refused -> null))
            .toArray(CompletableFuture[]::new);
    granted.clear();
    return CompletableFuture.allOf(cancelled).thenCompose(done -> visitors.drain());
  }

  @Override
  public void close() {
    ssh.close();
  }
}
