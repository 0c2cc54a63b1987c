package dev.porthole.ssh.server;

import dev.porthole.ssh.algorithm.Algorithms;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.kex.KexProposalOption;
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

  /**
   * The client's order of ciphers decides (RFC 4253 section 7.1), and OpenSSH prefers ChaCha20,
   * which costs MINA some 20 times as much as AES-GCM: OpenSSH is offered nothing else. Our KEXINIT
   * leaves after the client's identification, so there is time to choose.
   */
  @Override
  public void sessionPeerIdentificationReceived(
      Session session, String version, List<String> extraLines) {
    if (version.startsWith("SSH-2.0-OpenSSH")) {
      session.setCipherFactories(Algorithms.aesGcm());
    }
  }

  @Override
  public void sessionNegotiationStart(
      Session session,
      Map<KexProposalOption, String> clientProposal,
      Map<KexProposalOption, String> serverProposal) {
    SshServerConnection.of(session).keyExchanges().begins();
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.KexCompleted) {
      SshServerConnection.of(session).keyExchanges().end();
    }
  }

  @Override
  public void sessionClosed(Session session) {
    SshServerConnection.of(session).sessionClosed();
  }
}
