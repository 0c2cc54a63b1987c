package dev.porthole.ssh.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * The byte stream of one SSH connection: MINA's {@link IoSession} on a Netty channel.
 *
 * <p>Packets are handed to Netty at once and flushed once per loop turn, so a write future is done
 * as soon as it is returned; who writes much watches {@link #isWritable} instead. MINA encrypts and
 * calls {@link #writeBuffer} under one lock, in sequence-number order, from any thread: a packet
 * written on the loop must not overtake one that waits in the queue of another thread.
 */
public final class SshTransport extends AbstractCloseable implements IoSession {
  private static final AtomicLong IDS = new AtomicLong();

  /**
   * Bytes a peer may leave unread of what it asked for before it is not heard any more. Data never
   * comes near: it stops at the water mark.
   */
  private static final long MAX_UNREAD = 1024 * 1024;

  private static final IoWriteFuture WRITTEN = AbstractIoWriteFuture.fulfilled("written", true);

  private final long id = IDS.incrementAndGet();
  private final NettyIoService service;
  private final IoHandler handler;
  private final @Nullable SocketAddress acceptanceAddress;
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final Queue<ByteBuf> fromOtherThreads = new ConcurrentLinkedQueue<>();
  private final OpeningBytes openingBytes = new OpeningBytes();
  private volatile @Nullable ChannelHandlerContext context;
  private volatile long lastReadNanos = System.nanoTime();

  // Confined to the loop of the channel.
  private @Nullable TransportListener listener;
  private boolean reading;
  private boolean flushScheduled;

  SshTransport(
      NettyIoService service, IoHandler handler, @Nullable SocketAddress acceptanceAddress) {
    super(String.valueOf(acceptanceAddress));
    this.service = service;
    this.handler = handler;
    this.acceptanceAddress = acceptanceAddress;
  }

  /** The Netty channel under this connection; only once it is connected. */
  public Channel channel() {
    return context().channel();
  }

  /** Whether another packet may be written without the socket's buffer growing past its mark. */
  public boolean isWritable() {
    ChannelHandlerContext current = context;
    return current != null && current.channel().isWritable();
  }

  /** Time of the last inbound byte, on the {@link System#nanoTime()} scale. */
  public long lastReadNanos() {
    return lastReadNanos;
  }

  /** The first bytes the peer sent: what to show when they are not SSH. */
  public OpeningBytes openingBytes() {
    return openingBytes;
  }

  /** Sets who hears of batches and writability; on the loop. */
  public void listener(TransportListener who) {
    listener = who;
  }

  void start(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    service.add(this);
    handler.sessionCreated(this);
  }

  void read(ByteBuf bytes) throws Exception {
    lastReadNanos = System.nanoTime();
    reading = true;
    openingBytes.record(bytes);
    handler.messageReceived(this, new ReadableByteBuf(bytes));
  }

  void readComplete() {
    if (listener != null) {
      listener.onReadBatchEnd();
    }
    reading = false;
    context().flush();
    // Only here: if both ends of a connection did it, they could wait for each other for ever.
    if (acceptanceAddress != null && channel().bytesBeforeWritable() > MAX_UNREAD) {
      suspendRead();
    }
  }

  void writabilityChanged() {
    if (isWritable()) {
      if (acceptanceAddress != null) {
        resumeRead();
      }
      if (listener != null) {
        listener.onWritable();
      }
    }
  }

  void failed(Throwable cause) throws Exception {
    handler.exceptionCaught(this, cause);
  }

  void ended() throws Exception {
    service.remove(this);
    ByteBuf unsent = fromOtherThreads.poll();
    while (unsent != null) {
      unsent.release();
      unsent = fromOtherThreads.poll();
    }
    handler.sessionClosed(this);
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
    ChannelHandlerContext ctx = context;
    if (ctx == null || !ctx.channel().isOpen()) {
      return AbstractIoWriteFuture.fulfilled("closed", new ClosedChannelException());
    }
    int length = buffer.available();
    ByteBuf bytes = ctx.alloc().ioBuffer(length);
    bytes.writeBytes(buffer.array(), buffer.rpos(), length);
    if (ctx.executor().inEventLoop()) {
      writeQueued(ctx);
      ctx.write(bytes, ctx.voidPromise());
      flushLater(ctx);
    } else {
      fromOtherThreads.add(bytes);
      ctx.executor().execute(() -> writeQueuedAndFlush(ctx));
    }
    return WRITTEN;
  }

  private void writeQueuedAndFlush(ChannelHandlerContext ctx) {
    writeQueued(ctx);
    ctx.flush();
  }

  private void writeQueued(ChannelHandlerContext ctx) {
    ByteBuf next = fromOtherThreads.poll();
    while (next != null) {
      ctx.write(next, ctx.voidPromise());
      next = fromOtherThreads.poll();
    }
  }

  /** One flush per turn of the loop, however many packets the turn produces. */
  private void flushLater(ChannelHandlerContext ctx) {
    if (!reading && !flushScheduled) {
      flushScheduled = true;
      ctx.executor()
          .execute(
              () -> {
                flushScheduled = false;
                ctx.flush();
              });
    }
  }

  @Override
  protected @Nullable CloseFuture doCloseGracefully() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return null;
    }
    onLoop(ctx, () -> flushAndClose(ctx));
    ctx.channel().closeFuture().addListener(closed -> closeFuture.setClosed());
    return closeFuture;
  }

  @Override
  protected void doCloseImmediately() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      onLoop(ctx, () -> flushAndClose(ctx));
    }
    super.doCloseImmediately();
  }

  /** A last flush gives a SSH_MSG_DISCONNECT the chance to leave before the socket is closed. */
  private void flushAndClose(ChannelHandlerContext ctx) {
    writeQueuedAndFlush(ctx);
    ctx.close();
  }

  private static void onLoop(ChannelHandlerContext ctx, Runnable task) {
    if (ctx.executor().inEventLoop()) {
      task.run();
    } else {
      ctx.executor().execute(task);
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext current = context;
    if (current == null) {
      throw new IllegalStateException("the transport is not connected yet");
    }
    return current;
  }

  @Override
  public void suspendRead() {
    context().channel().config().setAutoRead(false);
  }

  @Override
  public void resumeRead() {
    context().channel().config().setAutoRead(true);
  }

  @Override
  public void shutdownOutputStream() {
    // SSH ends a connection by SSH_MSG_DISCONNECT, never by a half-close.
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public @Nullable Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public @Nullable Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public @Nullable Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return channel().remoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return channel().localAddress();
  }

  @Override
  public @Nullable SocketAddress getAcceptanceAddress() {
    return acceptanceAddress;
  }

  @Override
  public IoService getService() {
    return service;
  }

  @Override
  public String toString() {
    ChannelHandlerContext current = context;
    return "SshTransport[" + (current == null ? "not connected" : current.channel()) + "]";
  }
}
