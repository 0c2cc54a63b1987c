package dev.porthole.ssh;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.client.Credentials;
import dev.porthole.ssh.client.SshClientOptions;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.client.SshConnector;
import dev.porthole.ssh.server.SessionStart;
import dev.porthole.ssh.server.SshServer;
import dev.porthole.ssh.server.SshServerConnection;
import dev.porthole.ssh.server.SshServerHandler;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.testing.LoopbackDialer;
import dev.porthole.testing.TrustAll;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server and a client of ours, joined over loopback. */
final class TestEnds implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(10);

  final EventLoops serverLoops = EventLoops.start(1);
  final EventLoops clientLoops = EventLoops.start(1);
  final Recording handler = new Recording();
  final SshServer server;
  final SshConnector connector = new SshConnector(clientLoops, SshClientOptions.defaults());
  final InetSocketAddress address;

  TestEnds() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair hostKey = generator.generateKeyPair();
    server = new SshServer(serverLoops, List.of(hostKey), LIMIT, handler);
    address = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  SshConnection connect() throws Exception {
    SshConnection connection =
        connector
            .connect(new LoopbackDialer(clientLoops, address), TrustAll.keys(), LIMIT)
            .get(10, TimeUnit.SECONDS);
    connection.authenticate("user", Credentials.none(), LIMIT).get(10, TimeUnit.SECONDS);
    return connection;
  }

  SshServerConnection accepted() throws Exception {
    SshServerConnection accepted = handler.connections.poll(10, TimeUnit.SECONDS);
    if (accepted == null) {
      throw new AssertionError("no connection arrived");
    }
    return accepted;
  }

  @Override
  public void close() throws IOException {
    connector.close();
    server.close();
    clientLoops.close();
    serverLoops.close();
  }

  /** Accepts everything and keeps what it saw. */
  static final class Recording implements SshServerHandler {
    final BlockingQueue<SshServerConnection> connections = new LinkedBlockingQueue<>();
    volatile Function<BindAddress, CompletionStage<BindAddress>> grant =
        wanted ->
            CompletableFuture.completedFuture(wanted.port() == 0 ? wanted.withPort(7) : wanted);

    @Override
    public boolean acceptsNone(SshServerConnection connection, String user) {
      return true;
    }

    @Override
    public boolean acceptsPassword(SshServerConnection connection, String user, String password) {
      return false;
    }

    @Override
    public boolean acceptsKey(SshServerConnection connection, String user, PublicKey key) {
      return false;
    }

    @Override
    public void onAuthenticated(SshServerConnection connection) {
      connections.add(connection);
    }

    @Override
    public CompletionStage<BindAddress> onForwardRequest(
        SshServerConnection connection, BindAddress requested) {
      return grant.apply(requested);
    }

    @Override
    public boolean onForwardCancel(SshServerConnection connection, BindAddress granted) {
      return granted.port() == 7;
    }

    @Override
    public void onDirectTcpip(SshServerConnection connection, TcpipOpen open) {
      open.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "nothing here");
    }

    @Override
    public void onSession(SshServerConnection connection, SessionStart start) {
      String text = "hello " + start.command().orElse("shell") + start.pty().isPresent();
      start.channel().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
      start.exit(0);
    }

    @Override
    public void onClosed(SshServerConnection connection) {}
  }
}
