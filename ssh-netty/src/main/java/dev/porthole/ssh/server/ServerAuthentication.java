package dev.porthole.ssh.server;

import java.io.IOException;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.ServerUserAuthService;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;

/**
 * MINA's authentication plus method {@code none} (RFC 4252 section 5.2), which MINA refuses without
 * asking anybody, for user names that need no proof.
 */
final class ServerAuthentication extends ServerUserAuthService {

  private ServerAuthentication(Session session) throws IOException {
    super(session);
  }

  @Override
  public synchronized void process(int command, Buffer packet) throws Exception {
    if (command == SshConstants.SSH_MSG_USERAUTH_REQUEST && acceptNone(packet)) {
      return;
    }
    super.process(command, packet);
  }

  private boolean acceptNone(Buffer packet) throws Exception {
    int begin = packet.rpos();
    String user = packet.getString();
    String service = packet.getString();
    String method = packet.getString();
    ServerSession session = getServerSession();
    if (method.equals("none")
        && !session.isAuthenticated()
        && SshServerConnection.of(session).acceptsNone(user)) {
      session.signalAuthenticationSuccess(user, service, packet);
      return true;
    }
    packet.rpos(begin);
    return false;
  }

  /** Makes one for each session. */
  static final class Factory extends ServerUserAuthServiceFactory {
    @Override
    public Service create(Session session) throws IOException {
      return new ServerAuthentication(session);
    }
  }
}
