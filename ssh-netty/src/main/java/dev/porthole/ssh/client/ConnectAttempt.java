package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import dev.porthole.ssh.algorithm.Algorithms;
import dev.porthole.ssh.auth.AgentSocket;
import dev.porthole.ssh.hostkey.HostKey;
import dev.porthole.ssh.hostkey.HostKeyCheck;
import dev.porthole.ssh.hostkey.HostKeyRejectedException;
import dev.porthole.ssh.transport.NettyIoConnector;
import dev.porthole.ssh.transport.OpeningBytes;
import dev.porthole.ssh.transport.SshTransport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, from the first packet to the accepted host key; after that, the place
 * where MINA's news about the session arrive. Confined to the loop.
 */
final class ConnectAttempt implements SessionListener {
  private static final AttributeRepository.AttributeKey<ConnectAttempt> KEY =
      new AttributeRepository.AttributeKey<>();

  /** MINA wants an address; where we really connect to is the dialer's matter. */
  private static final SocketAddress BY_DIALER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  /** The user name is set when we authenticate: it may depend on what the server is. */
  private static final String NOT_YET = "";

  private final EventLoop loop;
  private final Dialer dialer;
  private final HostKeyCheck check;
  private final CompletableFuture<SshConnection> connected = new CompletableFuture<>();
  private @Nullable ClientSession session;
  private @Nullable SshConnection connection;
  private @Nullable HostKey hostKey;
  private @Nullable SshException refusal;
  private @Nullable String ending;
  private @Nullable Path agentSocket;

  ConnectAttempt(EventLoop loop, Dialer dialer, HostKeyCheck check) {
    this.loop = loop;
    this.dialer = dialer;
    this.check = check;
  }

  static ConnectAttempt of(Session session) {
    AttributeRepository context = ((ClientSession) session).getConnectionContext();
    return context.getAttribute(KEY);
  }

  CompletableFuture<SshConnection> connected() {
    return connected;
  }

  void start(SshClient client, Duration limit) {
    AttributeRepository context =
        AttributeRepository.ofAttributesMap(
            Map.of(
                KEY,
                this,
                NettyIoConnector.OPENER,
                (Function<ChannelHandler, Future<? extends Channel>>)
                    transport -> dialer.dial(loop, transport)));
    try {
      client
          .connect(NOT_YET, BY_DIALER, context, null)
          .addListener(
              done -> {
                if (!done.isConnected()) {
                  fail(unreachable(done.getException()));
                }
              });
    } catch (IOException | RuntimeException e) { // MINA throws either for the same reasons
      fail(unreachable(e));
    }
    var timer = loop.schedule(() -> timedOut(limit), limit.toMillis(), TimeUnit.MILLISECONDS);
    connected.whenComplete((done, failure) -> timer.cancel(false));
  }

  void abandoned(String reason) {
    if (ending == null) {
      ending = reason;
    }
  }

  void agentSocket(@Nullable Path socket) {
    agentSocket = socket;
  }

  @Nullable SshAgent agent() throws IOException {
    return agentSocket == null ? null : AgentSocket.connect(agentSocket);
  }

  /**
   * MINA asks in the middle of the key exchange; the reason of a refusal is kept for the caller.
   */
  static boolean verifyHostKey(ClientSession session, SocketAddress ignored, PublicKey key) {
    ConnectAttempt attempt = of(session);
    try {
      HostKey offered = HostKey.of(key);
      attempt.check.verify(offered);
      attempt.hostKey = offered;
      return true;
    } catch (HostKeyRejectedException e) {
      attempt.refusal = e;
      return false;
    }
  }

  @Override
  public void sessionEvent(Session ignored, Event event) {
    if (event == Event.KeyEstablished && connection == null) {
      if (session != null && hostKey != null) {
        connection = new SshConnection(session, this, hostKey);
        if (!connected.complete(connection)) {
          connection.close();
        }
      }
    }
  }

  @Override
  public void sessionDisconnect(
      Session ignored, int reason, String message, String language, boolean initiator) {
    if (ending == null) {
      ending = initiator ? "we disconnected: " + message : "the server disconnected: " + message;
    }
  }

  @Override
  public void sessionException(Session ignored, Throwable failure) {
    if (ending == null) {
      ending = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
  }

  @Override
  public void sessionClosed(Session closed) {
    String reason = ending == null ? "the server closed the connection" : ending;
    if (loop.inEventLoop()) {
      closedOnLoop(closed, reason);
    } else {
      loop.execute(() -> closedOnLoop(closed, reason));
    }
  }

  private void closedOnLoop(Session closed, String reason) {
    fail(refusal != null ? refusal : endedEarly(closed, reason));
    if (connection != null) {
      connection.onClosed(reason);
    }
  }

  private SshException endedEarly(Session closed, String reason) {
    OpeningBytes opening = ((SshTransport) closed.getIoSession()).openingBytes();
    if (opening.isSsh()) {
      return new ConnectionLostException(reason, null);
    }
    return new NotSshException(opening.looksLike(), null);
  }

  private void timedOut(Duration limit) {
    if (session == null) {
      fail(new UnreachableException("no answer within " + limit.toSeconds() + " s", null));
    } else {
      fail(endedEarly(session, "the key exchange took more than " + limit.toSeconds() + " s"));
      session.close(true);
    }
  }

  private static SshException unreachable(@Nullable Throwable cause) {
    String why = cause == null ? "cancelled" : String.valueOf(cause.getMessage());
    return new UnreachableException(why, cause);
  }

  private void fail(SshException why) {
    connected.completeExceptionally(why);
  }

  /** Hears of every session of the client and hands it to its attempt. */
  static final class Dispatcher implements SessionListener {
    @Override
    public void sessionCreated(Session created) {
      ConnectAttempt attempt = of(created);
      attempt.session = (ClientSession) created;
      created.addSessionListener(attempt);
      var known = attempt.check.knownTypes();
      if (!known.isEmpty()) {
        created.setSignatureFactories(Algorithms.signaturesPreferring(known));
      }
    }
  }
}
