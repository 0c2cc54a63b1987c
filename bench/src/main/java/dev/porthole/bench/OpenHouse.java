package dev.porthole.bench;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.server.SessionStart;
import dev.porthole.ssh.server.SshServerConnection;
import dev.porthole.ssh.server.SshServerHandler;
import java.security.PublicKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that lets everybody in and grants every forward. */
final class OpenHouse implements SshServerHandler {
  private final BlockingQueue<SshServerConnection> connections = new LinkedBlockingQueue<>();

  SshServerConnection accepted() throws InterruptedException {
    SshServerConnection connection = connections.poll(10, TimeUnit.SECONDS);
    if (connection == null) {
      throw new IllegalStateException("no connection arrived");
    }
    return connection;
  }

  @Override
  public boolean acceptsNone(SshServerConnection connection, String user) {
    return true;
  }

  @Override
  public boolean acceptsPassword(SshServerConnection connection, String user, String password) {
    return true;
  }

  @Override
  public boolean acceptsKey(SshServerConnection connection, String user, PublicKey key) {
    return true;
  }

  @Override
  public void onAuthenticated(SshServerConnection connection) {
    connections.add(connection);
  }

  @Override
  public CompletionStage<BindAddress> onForwardRequest(
      SshServerConnection connection, BindAddress requested) {
    return CompletableFuture.completedFuture(requested);
  }

  @Override
  public boolean onForwardCancel(SshServerConnection connection, BindAddress granted) {
    return true;
  }

  @Override
  public void onDirectTcpip(SshServerConnection connection, TcpipOpen open) {
    open.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "nothing here");
  }

  @Override
  public void onSession(SshServerConnection connection, SessionStart start) {
    start.exit(0);
  }

  @Override
  public void onClosed(SshServerConnection connection) {}
}
