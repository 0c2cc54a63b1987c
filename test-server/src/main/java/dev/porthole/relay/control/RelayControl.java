package dev.porthole.relay.control;

import dev.porthole.relay.config.Access;
import dev.porthole.relay.route.Names;
import dev.porthole.relay.route.Routes;
import dev.porthole.relay.tcp.TcpEdge;
import dev.porthole.relay.words.LoginName;
import dev.porthole.relay.words.RefusedException;
import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.hostkey.HostKey;
import dev.porthole.ssh.server.SessionStart;
import dev.porthole.ssh.server.SshServerConnection;
import dev.porthole.ssh.server.SshServerHandler;
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
  private final Map<SshServerConnection, TunnelClient> clients = new HashMap<>();

  /** The parts clients are given a share of. */
  public RelayControl(Access access, Routes routes, Names names, TcpEdge tcp, PublicPlaces places) {
    this.access = access;
    this.forwards = new Forwards(routes, names, tcp, places);
  }

  @Override
  public boolean acceptsNone(SshServerConnection connection, String user) {
    LoginName login = LoginName.parse(user);
    return !login.auth() && (access.open() || access.knows(login.token()));
  }

  @Override
  public boolean acceptsPassword(SshServerConnection connection, String user, String password) {
    return access.open()
        || access.knows(LoginName.parse(user).token())
        || access.password().filter(right -> same(right, password)).isPresent()
        || access.tokens().stream().anyMatch(token -> same(token, password));
  }

  private static boolean same(String right, String offered) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean acceptsKey(SshServerConnection connection, String user, PublicKey key) {
    return access.open()
        || access.anyKey()
        || access.knows(LoginName.parse(user).token())
        || access.keys().contains(HostKey.of(key));
  }

  @Override
  public void onAuthenticated(SshServerConnection connection) {
    TunnelClient client = new TunnelClient(connection, LoginName.parse(connection.user()));
    if (client.login().force()) {
      endOthers(client);
    }
    clients.put(connection, client);
    Liveness.watch(connection);
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

  /** A word of the user name proves nothing unless this relay knows it as a token. */
  private Optional<String> owner(TunnelClient client) {
    return Forwards.owner(client, access.knows(client.login().token()));
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
