package dev.porthole.ssh.server;

import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.AbstractUserAuthFactory;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.session.ServerSession;

/** Method {@code none} (RFC 4252 section 5.2), for user names that need no proof. */
final class NoneAuthentication extends AbstractUserAuth {
  static final String METHOD = "none";

  private NoneAuthentication() {
    super(METHOD);
  }

  @Override
  protected Boolean doAuth(Buffer buffer, boolean init) {
    return SshServerConnection.of(getServerSession()).acceptsNone(getUsername());
  }

  /** Makes one for each request. */
  static final class Factory extends AbstractUserAuthFactory {
    Factory() {
      super(METHOD);
    }

    @Override
    public UserAuth createUserAuth(ServerSession session) {
      return new NoneAuthentication();
    }
  }
}
