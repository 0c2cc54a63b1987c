package dev.porthole.ssh.client;

import dev.porthole.ssh.hostkey.HostKeyCheck;
import dev.porthole.ssh.transport.EventLoops;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Opens SSH connections. One per process is enough; it holds no connection. */
public final class SshConnector implements AutoCloseable {

  /** A connector whose connections are spread over the loops. */
  public SshConnector(EventLoops loops, SshClientOptions options) {}

  /**
   * Connects and exchanges keys. The future completes on the connection's loop, or fails with
   * {@link UnreachableException}, {@link NotSshException}, {@code HostKeyRejectedException} or
   * {@link ConnectionLostException}.
   *
   * @param user the SSH user name; with relays, also token and keywords
   * @param limit for everything up to the accepted host key
   */
  public CompletableFuture<SshConnection> connect(
      Dialer dialer, String user, HostKeyCheck check, Duration limit) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  /** Closes connections that are still open. The loops stay. */
  @Override
  public void close() {}
}
