package dev.porthole.ssh.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/** What connector and acceptor have in common: the connections that are open. */
abstract class NettyIoService extends AbstractCloseable implements IoService {
  private final Map<Long, IoSession> sessions = new ConcurrentHashMap<>();
  private @Nullable IoServiceEventListener eventListener;

  void add(SshTransport transport) {
    sessions.put(transport.getId(), transport);
  }

  void remove(SshTransport transport) {
    sessions.remove(transport.getId());
  }

  @Override
  public Map<Long, IoSession> getManagedSessions() {
    return Map.copyOf(sessions);
  }

  @Override
  protected void doCloseImmediately() {
    sessions.values().forEach(session -> session.close(true));
    super.doCloseImmediately();
  }

  @Override
  public @Nullable IoServiceEventListener getIoServiceEventListener() {
    return eventListener;
  }

  @Override
  public void setIoServiceEventListener(@Nullable IoServiceEventListener listener) {
    eventListener = listener;
  }
}
