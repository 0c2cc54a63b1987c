package dev.porthole.ssh.client;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.hostkey.HostKey;
import dev.porthole.ssh.transport.SshTransport;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.helpers.SessionHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client end of one SSH connection. Methods may be called on any thread; futures complete on
 * {@link #loop()}, so do not wait for them there.
 */
public final class SshConnection implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SshConnection.class);

  private final ClientSession session;
  private final SshTransport transport;
  private final ConnectAttempt attempt;
  private final HostKey hostKey;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private volatile String banner = "";

  // Confined to the loop; absent until authenticated.
  private @Nullable Forwards forwards;
  private @Nullable ClientService service;

  SshConnection(ClientSession session, ConnectAttempt attempt, HostKey hostKey) {
    this.session = session;
    this.transport = (SshTransport) session.getIoSession();
    this.attempt = attempt;
    this.hostKey = hostKey;
  }

  /** The loop all channels of this connection live on. */
  public EventLoop loop() {
    return transport.channel().eventLoop();
  }

  /** The server's identification string without {@code SSH-2.0-} (RFC 4253 section 4.2). */
  public String serverVersion() {
    return session.getServerVersion().replaceFirst("^SSH-[0-9.]+-", "");
  }

  /** The key that was verified. */
  public HostKey hostKey() {
    return hostKey;
  }

  /** Where the byte stream leads. */
  public SocketAddress remoteAddress() {
    return transport.getRemoteAddress();
  }

  /** Text of SSH_MSG_USERAUTH_BANNER so far, unescaped, at most 8 KiB; empty if none came. */
  public String banner() {
    return banner;
  }

  /**
   * Authenticates. Fails with {@link AuthenticationRefusedException} or {@link
   * ConnectionLostException}. After a refusal it may be called again, with other credentials.
   *
   * @param user the SSH user name; with relays, also token and keywords
   */
  public CompletableFuture<Void> authenticate(
      String user, Credentials credentials, Duration limit) {
    return onLoop(
        () -> {
          ((SessionHelper) session).setUsername(user);
          attempt.agentSocket(credentials.agentSocket().orElse(null));
          Authentication authentication =
              new Authentication(session, credentials, text -> banner = text);
          return authentication.run(loop(), limit, closed).thenRun(this::authenticated);
        });
  }

  private void authenticated() {
    ClientService started = session.getService(ClientService.class);
    forwards = new Forwards(started.requests());
    started.channels().acceptTcpip("forwarded-tcpip", forwards::onOpen);
    service = started;
  }

  /**
   * Asks for a remote forward ({@code tcpip-forward}) without blocking anything. The forward stands
   * before the next packet is read, so a channel right behind the reply is served.
   *
   * @param acceptor called on the loop for each channel of this forward
   * @return the address asked for, with the port the server chose when 0 was asked. Fails with
   *     {@link ForwardRefusedException}
   */
  public CompletableFuture<BindAddress> requestForward(
      BindAddress wanted, Consumer<TcpipOpen> acceptor) {
    return onLoop(() -> forwards == null ? notYet() : forwards.request(wanted, acceptor));
  }

  /** Takes a forward back ({@code cancel-tcpip-forward}). Channels already open live on. */
  public CompletableFuture<Void> cancelForward(BindAddress granted) {
    return onLoop(() -> forwards == null ? notYet() : forwards.cancel(granted));
  }

  /**
   * Opens a {@code direct-tcpip} channel. Fails with {@code ChannelRefusedException}.
   *
   * @param handler added to the pipeline before any byte is read
   */
  public CompletableFuture<SshChannel> openDirectTcpip(
      BindAddress target, BindAddress originator, ChannelHandler handler) {
    return onLoop(
        () ->
            service == null
                ? notYet()
                : service
                    .channels()
                    .open(
                        "direct-tcpip",
                        packet -> {
                          packet.putString(target.host());
                          packet.putUInt(target.port());
                          packet.putString(originator.host());
                          packet.putUInt(originator.port());
                        },
                        handler));
  }

  /**
   * Opens a session channel and starts a shell or a command. The future completes when the server
   * confirmed both; closing the channel ends the session.
   */
  public CompletableFuture<SshChannel> openSession(SessionRequest request, SessionOutput output) {
    return onLoop(
        () ->
            service == null ? notYet() : SessionChannel.open(service.channels(), request, output));
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

  /** Time of the last inbound byte, on the {@link System#nanoTime()} scale. */
  public long lastReadNanos() {
    return transport.lastReadNanos();
  }

  /** Completes when the connection is gone, with what ended it (unescaped); never fails. */
  public CompletableFuture<String> closed() {
    return closed;
  }

  /** Sends SSH_MSG_DISCONNECT (by application) and closes. Returns at once; idempotent. */
  @Override
  public void close() {
    try {
      session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, "closed by the user");
    } catch (IOException e) {
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("no disconnect message sent");
    }
    session.close(true);
  }

  /** Closes without a word to the server, which is thought dead; {@link #closed} tells why. */
  public void abandon(String reason) {
    attempt.abandoned(reason);
    session.close(true);
  }

  void onClosed(String reason) {
    if (service != null) {
      service.connectionLost();
    }
    closed.complete(reason);
  }

  private static <T> CompletableFuture<T> notYet() {
    return CompletableFuture.failedFuture(
        new IllegalStateException("the connection is not authenticated yet"));
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> action) {
    if (loop().inEventLoop()) {
      return action.get();
    }
    return CompletableFuture.supplyAsync(action, loop()).thenCompose(inner -> inner);
  }
}
