package dev.porthole.ssh.transport;

import java.util.Optional;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.jspecify.annotations.Nullable;

/** Plugs our event loops into MINA, which asks for its I/O here. The loops are not ours to stop. */
public final class NettyIoServices implements IoServiceFactoryFactory {
  private final EventLoops loops;
  private final Admission admission;

  /** For a client. */
  public NettyIoServices(EventLoops loops) {
    this(loops, connection -> Optional.empty());
  }

  /**
   * For a server.
   *
   * @param admission asked about each connection
   */
  public NettyIoServices(EventLoops loops, Admission admission) {
    this.loops = loops;
    this.admission = admission;
  }

  @Override
  public IoServiceFactory create(FactoryManager manager) {
    return new NettyIoServiceFactory(loops, admission);
  }

  @Override
  public void setExecutorServiceFactory(Factory<CloseableExecutorService> factory) {
    // The loops are the only threads.
  }

  private static final class NettyIoServiceFactory extends AbstractCloseable
      implements IoServiceFactory {
    private final EventLoops loops;
    private final Admission admission;
    private @Nullable IoServiceEventListener eventListener;

    private NettyIoServiceFactory(EventLoops loops, Admission admission) {
      this.loops = loops;
      this.admission = admission;
    }

    @Override
    public IoConnector createConnector(IoHandler handler) {
      return new NettyIoConnector(handler);
    }

    @Override
    public IoAcceptor createAcceptor(IoHandler handler) {
      return new NettyIoAcceptor(loops, handler, admission);
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
}
