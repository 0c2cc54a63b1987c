package dev.porthole.ssh.client;

import dev.porthole.ssh.channel.ChannelTable;
import dev.porthole.ssh.channel.GlobalRequests;
import dev.porthole.ssh.channel.WindowBudget;
import dev.porthole.ssh.transport.SshTransport;
import java.io.IOException;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * The client's {@code ssh-connection} service: every packet about channels goes to our table, every
 * reply to a global request to us. What is left for MINA is nothing that carries data.
 */
final class ClientService extends ClientConnectionService {
  private final ChannelTable table;
  private final GlobalRequests requests;

  private ClientService(AbstractClientSession session) throws SshException {
    super(session);
    table = new ChannelTable(session, (SshTransport) session.getIoSession(), WindowBudget.ofHeap());
    requests = new GlobalRequests(session, table.loop());
  }

  ChannelTable channels() {
    return table;
  }

  GlobalRequests requests() {
    return requests;
  }

  @Override
  public void process(int command, Buffer packet) throws Exception {
    if (table.process(command, packet) || requests.process(command, packet)) {
      return;
    }
    if (command == SshConstants.SSH_MSG_GLOBAL_REQUEST) {
      refuse(packet);
    } else {
      super.process(command, packet);
    }
  }

  /** Servers ask a client for nothing but signs of life, and a refusal is one. */
  private void refuse(Buffer packet) throws IOException {
    packet.getString();
    if (packet.getBoolean()) {
      Session session = getSession();
      session.writePacket(session.createBuffer(SshConstants.SSH_MSG_REQUEST_FAILURE, 1));
    }
  }

  void connectionLost() {
    table.connectionLost();
    requests.connectionLost();
  }

  /** Makes one for each session. */
  static final class Factory extends ClientConnectionServiceFactory {
    @Override
    public Service create(Session session) throws IOException {
      return new ClientService((AbstractClientSession) session);
    }
  }
}
