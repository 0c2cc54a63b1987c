package dev.porthole.ssh.server;

import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.session.ServerSession;

/** Hears of every session of the server; each gets a connection of ours at birth. */
final class ConnectionEvents implements SessionListener {
  private final SshServerHandler handler;

  ConnectionEvents(SshServerHandler handler) {
    this.handler = handler;
  }

  @Override
  public void sessionCreated(Session session) {
    SshServerConnection.attach((ServerSession) session, handler);
  }

  @Override
  public void sessionClosed(Session session) {
    SshServerConnection.of(session).sessionClosed();
  }
}
