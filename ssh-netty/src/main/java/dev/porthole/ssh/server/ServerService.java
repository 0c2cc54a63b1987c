package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.ChannelTable;
import dev.porthole.ssh.channel.GlobalRequests;
import dev.porthole.ssh.channel.ProtocolErrorException;
import dev.porthole.ssh.channel.WindowBudget;
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

  private ServerService(AbstractServerSession session, WindowBudget budget) throws SshException {
    super(session);
    table = new ChannelTable(session, (SshTransport) session.getIoSession(), budget.share());
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
    connection.keyExchanges().onPacket();
    if (ofChannels(command, packet) || ours.process(command, packet)) {
      return;
    }
    if (command == SshConstants.SSH_MSG_GLOBAL_REQUEST) {
      theirs.process(packet);
    } else {
      super.process(command, packet);
    }
  }

  /** MINA would close without a word, not knowing our exception. */
  private boolean ofChannels(int command, Buffer packet) throws SshException {
    try {
      return table.process(command, packet);
    } catch (ProtocolErrorException e) {
      throw new SshException(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, e.getMessage(), e);
    }
  }

  void connectionLost() {
    table.connectionLost();
    ours.connectionLost();
  }

  /** Makes one for each session. */
  static final class Factory extends ServerConnectionServiceFactory {
    private final WindowBudget budget;

    /** The budget of all connections together. */
    Factory(WindowBudget budget) {
      this.budget = budget;
    }

    @Override
    public Service create(Session session) throws IOException {
      return new ServerService((AbstractServerSession) session, budget);
    }
  }
}
