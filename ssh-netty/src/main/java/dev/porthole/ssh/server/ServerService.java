package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.ChannelTable;
import dev.porthole.ssh.channel.GlobalRequests;
import dev.porthole.ssh.transport.SshTransport;
import java.io.IOException;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;

/**
 * The server's {@code ssh-connection} service: every packet about channels goes to our table, every
 * global request to ours.
 */
final class ServerService extends ServerConnectionService {
  private final ChannelTable table;
  private final GlobalRequests ours;
  private final PeerRequests theirs;
  private final SshServerConnection connection;

  private ServerService(AbstractServerSession session) throws SshException {
    super(session);
    table = new ChannelTable(session, (SshTransport) session.getIoSession());
    ours = new GlobalRequests(session, table.loop());
    connection = SshServerConnection.of(session);
    theirs = new PeerRequests(session, connection);
  }

  ChannelTable channels() {
    return table;
  }

  GlobalRequests requests() {
    return ours;
  }

  @Override
  public void start() {
    super.start();
    connection.authenticated(this);
  }

  @Override
  public void process(int command, Buffer packet) throws Exception {
    if (table.process(command, packet) || ours.process(command, packet)) {
      return;
    }
    if (command == SshConstants.SSH_MSG_GLOBAL_REQUEST) {
      theirs.process(packet);
    } else {
      super.process(command, packet);
    }
  }

  void connectionLost() {
    table.connectionLost();
    ours.connectionLost();
  }

  /** Makes one for each session. */
  static final class Factory extends ServerConnectionServiceFactory {
    @Override
    public Service create(Session session) throws IOException {
      return new ServerService((AbstractServerSession) session);
    }
  }
}
