package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * An SSH channel as a Netty channel. {@code autoRead} (off at first) and writability are the SSH
 * window, {@code shutdownOutput} is SSH_MSG_CHANNEL_EOF, {@code close} is SSH_MSG_CHANNEL_CLOSE.
 * The peer's EOF arrives as {@link ChannelInputShutdownEvent}; half-closure is always on. A channel
 * that the peer closes without EOF was reset: {@link #isReset} is then true when {@code
 * channelInactive} fires, after everything that arrived before was read.
 *
 * <p>Differs from sockets in one point: {@code shutdownOutput} lets bytes that were flushed before
 * go out first. All channels of a connection live on the event loop of that connection.
 */
public final class SshChannel extends AbstractChannel implements DuplexChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false, 16);

  private final ChannelTable table;
  private final String type;
  private final int number;
  private final SshChannelConfig config;

  // Confined to the loop.
  private final Inbound inbound;
  private final Outbound outbound;
  private final SentRequests requests = new SentRequests();
  private boolean waitingForSocket;
  private volatile boolean active = true;
  private volatile boolean reset;

  SshChannel(ChannelTable table, String type, int number, int window, Outbound outbound) {
    super(table.transportChannel());
    this.table = table;
    this.type = type;
    this.number = number;
    this.inbound = new Inbound(this, table.budget(), window);
    this.outbound = outbound;
    this.config = new SshChannelConfig(this);
  }

  /** {@code forwarded-tcpip}, {@code direct-tcpip} or {@code session}. */
  public String type() {
    return type;
  }

  /** True when the peer ended the channel without EOF, or the connection was lost. */
  public boolean isReset() {
    return reset;
  }

  /** Closes without EOF, which is how SSH tells the other side of a connection reset. */
  public void reset() {
    if (eventLoop().inEventLoop()) {
      outbound.omitEof();
      close();
    } else {
      eventLoop().execute(this::reset);
    }
  }

  /**
   * Sends a channel request; on the loop. Without a wanted reply the future is done at once.
   *
   * @param payload the type-specific rest of the packet
   */
  public CompletableFuture<Boolean> sendRequest(
      String requestType, boolean wantReply, byte[] payload) {
    if (!active) {
      return CompletableFuture.failedFuture(SentRequests.closed());
    }
    outbound.request(requestType, wantReply, payload);
    if (!wantReply) {
      return CompletableFuture.completedFuture(true);
    }
    return requests.add();
  }

  // What the table tells, on the loop.

  int number() {
    return number;
  }

  Inbound inbound() {
    return inbound;
  }

  Outbound outbound() {
    return outbound;
  }

  void onPeerClose() {
    outbound.peerClosed();
    inbound.peerClosed();
    if (outbound.isDone()) {
      table.forget(this);
    }
  }

  void onWindowAdjust(long bytes) throws ProtocolErrorException {
    outbound.grow(bytes);
    resumeWrites();
  }

  void onRequest(String requestType, boolean wantReply, ByteBuf payload) {
    ChannelRequest request = new ChannelRequest(outbound, requestType, wantReply, payload);
    if (active) {
      pipeline().fireUserEventTriggered(request);
    }
    request.reply(false);
    payload.release();
  }

  void onRequestReply(boolean success) {
    requests.onReply(success);
  }

  void onConnectionLost() {
    reset = true;
    outbound.peerClosed();
    outbound.connectionLost();
    unsafe().close(unsafe().voidPromise());
  }

  /** Goes on writing: the window, the socket, or the end of a key exchange allows it. */
  void resumeWrites() {
    ((SshUnsafe) unsafe()).resumeWrites();
  }

  /** Notes that the channel is in the queue for the socket; false if it was there already. */
  boolean markWaiting() {
    boolean first = !waitingForSocket;
    waitingForSocket = true;
    return first;
  }

  void clearWaiting() {
    waitingForSocket = false;
  }

  void closeByPeer(boolean withoutEof) {
    reset = withoutEof;
    unsafe().close(unsafe().voidPromise());
  }

  // The contract of a Netty channel.

  @Override
  protected void doBeginRead() {
    inbound.beginRead();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) {
    outbound.write(in, table, this);
  }

  @Override
  protected void doClose() {
    active = false;
    inbound.shutdown();
    outbound.close();
    requests.onClosed();
    if (outbound.isDone()) {
      table.forget(this);
    }
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    if (eventLoop().inEventLoop()) {
      outbound.eofAfter(unsafe().outboundBuffer());
      promise.trySuccess();
    } else {
      eventLoop().execute(() -> shutdownOutput(promise));
    }
    return promise;
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    if (eventLoop().inEventLoop()) {
      inbound.shutdown();
      promise.trySuccess();
    } else {
      eventLoop().execute(() -> shutdownInput(promise));
    }
    return promise;
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    shutdownInput();
    return shutdownOutput(promise);
  }

  @Override
  public ChannelFuture shutdownInput() {
    return shutdownInput(newPromise());
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return shutdownOutput(newPromise());
  }

  @Override
  public ChannelFuture shutdown() {
    return shutdown(newPromise());
  }

  @Override
  public boolean isInputShutdown() {
    return !active || inbound.isShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return !active || outbound.isEofRequested();
  }

  @Override
  public boolean isShutdown() {
    return isInputShutdown() && isOutputShutdown();
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return active;
  }

  @Override
  public boolean isActive() {
    return active;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new SshUnsafe();
  }

  @Override
  protected boolean isCompatible(EventLoop loop) {
    return loop == table.loop();
  }

  @Override
  protected SocketAddress localAddress0() {
    return table.transportChannel().localAddress();
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return table.transportChannel().remoteAddress();
  }

  @Override
  protected void doBind(SocketAddress localAddress) {
    throw new UnsupportedOperationException("an SSH channel is not bound");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  private final class SshUnsafe extends AbstractUnsafe {
    void resumeWrites() {
      flush0();
    }

    @Override
    public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
      promise.setFailure(
          new UnsupportedOperationException("an SSH channel is opened by its table"));
    }
  }
}
