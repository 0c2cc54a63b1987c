package dev.porthole.ssh.server;

import dev.porthole.ssh.transport.EventLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;

/** An SSH server that forwards. It runs no command and touches no file. */
public final class SshServer implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final org.apache.sshd.server.SshServer server;

  /**
   * A server that is not listening yet.
   *
   * @param hostKeys at least one
   * @param authLimit from accept to authenticated, or the connection is cut
   */
  public SshServer(
      EventLoops loops, List<KeyPair> hostKeys, Duration authLimit, SshServerHandler handler) {
    this.server = ServerSetup.create(loops, hostKeys, authLimit, handler);
  }

  /** Listens. Blocks until bound; not to be called on a loop. */
  public InetSocketAddress bind(InetSocketAddress address) throws IOException {
    server.setHost(address.getHostString());
    server.setPort(address.getPort());
    server.start();
    return (InetSocketAddress) server.getBoundAddresses().iterator().next();
  }

  /** Stops listening and ends all connections; returns when they are gone, at most after 2 s. */
  @Override
  public void close() throws IOException {
    server.close(true).await(CLOSE_LIMIT);
  }
}
