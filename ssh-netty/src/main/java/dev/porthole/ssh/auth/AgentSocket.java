package dev.porthole.ssh.auth;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * An ssh-agent behind its UNIX socket (draft-ietf-sshm-ssh-agent). One request at a time, blocking:
 * MINA asks for identities and signatures in the middle of the authentication.
 */
public final class AgentSocket extends AbstractAgentProxy {
  /** What OpenSSH's agent takes and gives at most, in bytes. */
  private static final int MAX_MESSAGE = 256 * 1024;

  private final SocketChannel socket;
  private boolean open = true;

  private AgentSocket(SocketChannel socket) {
    super(null);
    this.socket = socket;
  }

  /** Connects to the agent. */
  public static AgentSocket connect(Path path) throws IOException {
    return new AgentSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  @Override
  protected synchronized Buffer request(Buffer request) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
    while (out.hasRemaining()) {
      socket.write(out);
    }
    ByteBuffer header = read(ByteBuffer.allocate(4));
    int length = header.getInt();
    if (length < 1 || length > MAX_MESSAGE) {
      throw new IOException("the agent answers with " + length + " bytes");
    }
    return new ByteArrayBuffer(read(ByteBuffer.allocate(length)).array());
  }

  private ByteBuffer read(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (socket.read(into) < 0) {
        throw new EOFException("the agent closed the connection");
      }
    }
    return into.flip();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    socket.close();
  }
}
