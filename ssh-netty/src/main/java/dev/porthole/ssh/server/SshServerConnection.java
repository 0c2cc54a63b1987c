package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.transport.SshTransport;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server end of one SSH connection. Methods may be called on any thread. */
public final class SshServerConnection {
  private static final Logger LOGGER = LoggerFactory.getLogger(SshServerConnection.class);

  /** Visitors' channels are ours; a client opens a session, and a few more at most. */
  private static final int MAX_CHANNELS_OF_CLIENT = 64;

  private static final AttributeRepository.AttributeKey<SshServerConnection> KEY =
      new AttributeRepository.AttributeKey<>();

  private final ServerSession session;
  private final SshTransport transport;
  private final SshServerHandler handler;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile @Nullable PublicKey key;

  // Confined to the loop; absent until authenticated.
  private @Nullable ServerService service;
  private final KeyExchangeWatch keyExchanges;

  private SshServerConnection(ServerSession session, SshServerHandler handler) {
    this.session = session;
    this.transport = (SshTransport) session.getIoSession();
    this.handler = handler;
    this.keyExchanges = new KeyExchangeWatch(loop(), this::protocolError);
  }

  static void attach(ServerSession session, SshServerHandler handler) {
    session.setAttribute(KEY, new SshServerConnection(session, handler));
  }

  static SshServerConnection of(Session session) {
    return session.getAttribute(KEY);
  }

  /** Unique while the server runs. */
  public long id() {
    return transport.getId();
  }

  /** The loop all channels of this connection live on. */
  public EventLoop loop() {
    return transport.channel().eventLoop();
  }

  /** The user name; empty before authentication. */
  public String user() {
    return session.getUsername() == null ? "" : session.getUsername();
  }

  /** The key the client proved to own, if it authenticated with one. */
  public Optional<PublicKey> key() {
    return Optional.ofNullable(key);
  }

  /** Where the client connects from. */
  public InetSocketAddress remoteAddress() {
    return (InetSocketAddress) transport.getRemoteAddress();
  }

  /** The client's identification string without {@code SSH-2.0-}; from the network, unescaped. */
  public String clientVersion() {
    return session.getClientVersion().replaceFirst("^SSH-[0-9.]+-", "");
  }

  /**
   * Opens a {@code forwarded-tcpip} channel for a visitor. Fails with {@code
   * ChannelRefusedException}.
   *
   * @param bound the forward as the client asked for it, with the granted port
   * @param originator the visitor
   * @param handler added to the pipeline before any byte is read; {@code autoRead} is off
   */
  public CompletableFuture<SshChannel> openForwardedTcpip(
      BindAddress bound, BindAddress originator, ChannelHandler handler) {
    return onLoop(
        () ->
            service == null
                ? notYet()
                : service
                    .channels()
                    .open(
                        "forwarded-tcpip",
                        packet -> {
                          packet.putString(bound.host());
                          packet.putUInt(bound.port());
                          packet.putString(originator.host());
                          packet.putUInt(originator.port());
                        },
                        handler));
  }

  /** Time of the last inbound byte, on the {@link System#nanoTime()} scale. */
  public long lastReadNanos() {
    return transport.lastReadNanos();
  }

  /** Sends {@code keepalive@openssh.com}; completes at any answer. */
  public CompletableFuture<Void> keepalive() {
    return onLoop(
        () ->
            service == null
                ? notYet()
                : service
                    .requests()
                    .ask("keepalive@openssh.com", packet -> {})
                    .thenAccept(reply -> {}));
  }

  /** Sends SSH_MSG_DISCONNECT with a text for the user, and closes. */
  public void disconnect(String message) {
    disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, message);
  }

  private void protocolError(String message) {
    disconnect(SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, message);
  }

  private void disconnect(int reason, String message) {
    try {
      session.disconnect(reason, message);
    } catch (IOException e) {
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("no disconnect message sent");
    }
    session.close(true);
  }

  /** Completes when the connection is gone; never fails. */
  public CompletableFuture<Void> closed() {
    return closed;
  }

  // What MINA tells.

  SshServerHandler handler() {
    return handler;
  }

  KeyExchangeWatch keyExchanges() {
    return keyExchanges;
  }

  boolean acceptsNone(String user) {
    key = null;
    return handler.acceptsNone(this, user);
  }

  boolean acceptsPassword(String user, String password) {
    key = null;
    return handler.acceptsPassword(this, user, password);
  }

  /** Asked again with the signature: the last key asked about is the one that was proved. */
  boolean acceptsKey(String user, PublicKey offered) {
    key = offered;
    return handler.acceptsKey(this, user, offered);
  }

  void authenticated(ServerService started) {
    service = started;
    started.channels().maxFromPeer(MAX_CHANNELS_OF_CLIENT);
    started.channels().acceptTcpip("direct-tcpip", open -> handler.onDirectTcpip(this, open));
    started.channels().acceptSession(open -> open.accept(new SessionRequests(this, handler)));
    handler.onAuthenticated(this);
  }

  void sessionClosed() {
    onLoop(this::closedOnLoop);
  }

  private void closedOnLoop() {
    keyExchanges.end();
    if (service != null) {
      service.connectionLost();
    }
    handler.onClosed(this);
    closed.complete(null);
  }

  void onLoop(Runnable action) {
    if (loop().inEventLoop()) {
      action.run();
    } else {
      loop().execute(action);
    }
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> action) {
    if (loop().inEventLoop()) {
      return action.get();
    }
    return CompletableFuture.supplyAsync(action, loop()).thenCompose(inner -> inner);
  }

  private static <T> CompletableFuture<T> notYet() {
    return CompletableFuture.failedFuture(
        new IllegalStateException("the client is not authenticated yet"));
  }

  @Override
  public String toString() {
    return "SshServerConnection[" + id() + "]";
  }
}
