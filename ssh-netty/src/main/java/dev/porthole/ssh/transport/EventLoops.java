package dev.porthole.ssh.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The threads that do all I/O: epoll where the platform has it, NIO elsewhere. An SSH connection,
 * its channels and the sockets they are bridged to share one loop, so nothing on the path of a byte
 * is synchronised.
 *
 * <p>Loop threads count as internal to MINA: a write during a key exchange is queued, never blocks.
 */
public final class EventLoops implements AutoCloseable {
  private final boolean epoll;
  private final EventLoopGroup group;

  private EventLoops(int threads, boolean epoll) {
    this.epoll = epoll;
    IoHandlerFactory handlers = epoll ? new SteadyEpoll() : NioIoHandler.newFactory();
    this.group = new MultiThreadIoEventLoopGroup(threads, new LoopThreadFactory(), handlers);
  }

  /** Loads what loops and sockets are made of, ahead of their first use; may block some 50 ms. */
  public static void prepare() {
    EventLoops loops = start(1);
    SocketChannel socket = loops.epoll ? new EpollSocketChannel() : new NioSocketChannel();
    loops.group().register(socket).awaitUninterruptibly();
    socket.close();
    loops.group().shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
  }

  /**
   * Starts loops; threads are daemons and are made on first use.
   *
   * @param threads at least 1
   */
  public static EventLoops start(int threads) {
    return new EventLoops(threads, Epoll.isAvailable());
  }

  /** Starts loops on NIO, also where epoll is at hand. */
  public static EventLoops startNio(int threads) {
    return new EventLoops(threads, false);
  }

  /** The next loop, round robin. */
  public EventLoop next() {
    return group.next();
  }

  /** All loops, for bootstraps. */
  public EventLoopGroup group() {
    return group;
  }

  /** The socket channel that fits these loops. */
  public Class<? extends SocketChannel> socketChannel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** The listening channel that fits these loops. */
  public Class<? extends ServerChannel> serverSocketChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** Listens for visitors: sockets that may close one half, and send small packets at once. */
  public ServerBootstrap listener() {
    return new ServerBootstrap()
        .group(group)
        .channel(serverSocketChannel())
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.TCP_NODELAY, true);
  }

  /**
   * Stops the loops and waits, at most 2 s. A JVM that exits while a thread sits in a native epoll
   * wait loses some 300 ms, so close before exit. Not to be called on a loop.
   */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1000, TimeUnit.MILLISECONDS).awaitUninterruptibly(2000);
  }
}
