package dev.porthole.ssh.client;

import java.util.List;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.session.Session;

/** MINA's authentication, asked in the end which methods the server would have taken. */
final class ClientAuthentication extends ClientUserAuthService {

  private ClientAuthentication(Session session) {
    super(session);
  }

  /** Methods the server named last; empty before its first refusal. */
  List<String> methodsLeft() {
    return serverMethods == null ? List.of() : List.copyOf(serverMethods);
  }

  /** Makes one for each session. */
  static final class Factory extends ClientUserAuthServiceFactory {
    @Override
    public Service create(Session session) {
      return new ClientAuthentication(session);
    }
  }
}
