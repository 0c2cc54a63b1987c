package dev.porthole.ssh.client;

import dev.porthole.ssh.hostkey.HostKeyCheck;
import dev.porthole.ssh.transport.EventLoops;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.SshClient;

/** Opens SSH connections. One per process is enough; it owns no thread. */
public final class SshConnector implements AutoCloseable {
  private final EventLoops loops;
  private final SshClient client;

  /**
   * Does ahead of time what the first connector of a JVM does: loads and initialises classes, the
   * native library and cryptography. Takes some 100 ms the first time, nothing later; on any thread
   * that may block.
   */
  public static void prepare() {
    FirstUse.prepare();
  }

  /** A connector whose connections are spread over the loops. */
  public SshConnector(EventLoops loops, SshClientOptions options) {
    prepare();
    this.loops = loops;
    this.client = ClientSetup.start(loops, options);
  }

  /**
   * Connects and exchanges keys. The future completes on the connection's loop, or fails with
   * {@link UnreachableException}, {@link NotSshException}, {@code HostKeyRejectedException} or
   * {@link ConnectionLostException}.
   *
   * @param limit for everything up to the accepted host key
   */
  public CompletableFuture<SshConnection> connect(
      Dialer dialer, HostKeyCheck check, Duration limit) {
    EventLoop loop = loops.next();
    ConnectAttempt attempt = new ConnectAttempt(loop, dialer, check);
    loop.execute(() -> attempt.start(client, limit));
    return attempt.connected();
  }

  /** Closes connections that are still open. The loops stay. */
  @Override
  public void close() {
    client.close(true);
  }
}
