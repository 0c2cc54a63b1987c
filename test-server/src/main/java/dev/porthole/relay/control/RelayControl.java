package dev.porthole.relay.control;

import dev.porthole.relay.config.Access;
import dev.porthole.relay.config.Limits;
import dev.porthole.relay.words.LoginName;
import dev.porthole.relay.words.RefusedException;
import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.hostkey.HostKey;
import dev.porthole.ssh.server.SessionStart;
import dev.porthole.ssh.server.SshServerConnection;
import dev.porthole.ssh.server.SshServerHandler;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay does with its SSH clients. Confined to the loop. */
public final class RelayControl implements SshServerHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(RelayControl.class);
  private static final int URL_SERVICE = 4300;

  private final Access access;
  private final Forwards forwards;
  private final Door door;
  private final Limits limits;
  private final Map<SshServerConnection, TunnelClient> clients = new HashMap<>();
  private final Map<SshServerConnection, String> tokens = new HashMap<>();

  /** Who may in, for how long, and what clients are given a share of. */
  public RelayControl(Access access, Limits limits, Forwards forwards) {
    this.access = access;
    this.limits = limits;
    this.forwards = forwards;
    this.door = new Door(limits);
  }

  @Override
  public Optional<String> onConnection(Channel connection) {
    return door.enter(connection);
  }

  @Override
  public boolean acceptsNone(SshServerConnection connection, String user) {
    LoginName login = LoginName.parse(user);
    tokens.remove(connection);
    boolean enough = !login.auth() && (access.open() || access.knows(login.token()));
    if (!enough) {
      door.refused(connection.remoteAddress());
    }
    return enough;
  }

  @Override
  public boolean acceptsPassword(SshServerConnection connection, String user, String password) {
    tokens.remove(connection);
    Optional<String> token =
        access.tokens().stream().filter(known -> same(known, password)).findFirst();
    token.ifPresent(known -> tokens.put(connection, known));
    boolean right =
        access.open()
            || token.isPresent()
            || access.knows(LoginName.parse(user).token())
            || access.password().filter(known -> same(known, password)).isPresent();
    if (!right) {
      door.failed(connection.remoteAddress());
    }
    return right;
  }

  private static boolean same(String right, String offered) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean acceptsKey(SshServerConnection connection, String user, PublicKey key) {
    tokens.remove(connection);
    return access.open()
        || access.anyKey()
        || access.knows(LoginName.parse(user).token())
        || access.keys().contains(HostKey.of(key));
  }

  @Override
  public void onAuthenticated(SshServerConnection connection) {
    door.loggedIn(connection.remoteAddress());
    Liveness liveness = Liveness.watch(connection, limits);
    TunnelClient client =
        new TunnelClient(
            connection, LoginName.parse(connection.user()), liveness, forwards.haveHttps());
    if (client.login().force()) {
      endOthers(client);
    }
    clients.put(connection, client);
    LOGGER.atInfo().addKeyValue("client", connection.remoteAddress()).log("client logged in");
  }

  private void endOthers(TunnelClient client) {
    Optional<String> owner = owner(client);
    List<TunnelClient> others =
        clients.values().stream()
            .filter(other -> owner.isPresent() && owner(other).equals(owner))
            .toList();
    others.forEach(other -> other.end("Another tunnel of the same owner took over (force)."));
  }

  /**
   * What a client proved, if that tells it apart from others: a token or a key. A word of the user
   * name proves nothing unless this relay knows it as a token.
   */
  private Optional<String> owner(TunnelClient client) {
    return client
        .login()
        .token()
        .filter(word -> access.knows(Optional.of(word)))
        .or(() -> Optional.ofNullable(tokens.get(client.connection())))
        .or(() -> client.connection().key().map(key -> HostKey.of(key).fingerprint()));
  }

  @Override
  public CompletionStage<BindAddress> onForwardRequest(
      SshServerConnection connection, BindAddress requested) {
    TunnelClient client = client(connection);
    CompletableFuture<BindAddress> granted = forwards.grant(client, requested, owner(client));
    granted.whenComplete(
        (bound, refusal) -> {
          if (refusal != null) {
            client.say(sentence(refusal));
          } else if (connection.closed().isDone()) {
            client.takeBackAll();
          }
        });
    return granted;
  }

  private static String sentence(Throwable refusal) {
    Throwable cause = refusal instanceof CompletionException ? refusal.getCause() : refusal;
    return cause instanceof RefusedException refused ? refused.sentence() : String.valueOf(cause);
  }

  @Override
  public boolean onForwardCancel(SshServerConnection connection, BindAddress granted) {
    return client(connection).takeBack(granted);
  }

  @Override
  public void onDirectTcpip(SshServerConnection connection, TcpipOpen open) {
    String host = open.address().host();
    boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    if (here && open.address().port() == URL_SERVICE) {
      open.accept(new UrlService(client(connection)::urls)).config().setAutoRead(true);
    } else {
      open.refuse(
          OpenFailure.ADMINISTRATIVELY_PROHIBITED,
          "This relay leads to its clients only; of its own it has localhost:4300.");
    }
  }

  @Override
  public void onSession(SshServerConnection connection, SessionStart start) {
    client(connection).onSession(start);
  }

  @Override
  public void onClosed(SshServerConnection connection) {
    tokens.remove(connection);
    TunnelClient client = clients.remove(connection);
    if (client != null) {
      client.takeBackAll();
      LOGGER.atInfo().addKeyValue("client", connection.remoteAddress()).log("client gone");
    }
  }

  private TunnelClient client(SshServerConnection connection) {
    TunnelClient client = clients.get(connection);
    if (client == null) {
      throw new IllegalStateException("not logged in: " + connection);
    }
    return client;
  }
}
