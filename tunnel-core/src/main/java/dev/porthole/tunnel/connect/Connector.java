package dev.porthole.tunnel.connect;

import dev.porthole.ssh.algorithm.WarmCipher;
import dev.porthole.ssh.client.AuthenticationRefusedException;
import dev.porthole.ssh.client.SshClientOptions;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.client.SshConnector;
import dev.porthole.ssh.hostkey.KnownHostsCheck;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.relay.RelayDialect;
import dev.porthole.tunnel.text.Escaped;
import dev.porthole.tunnel.visit.Visitors;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Makes live connections: connect, check the host key, authenticate, ask for the forwards, learn
 * the public URLs. One for each tunnel; owns its loop. Confined to the tunnel's thread.
 */
final class Connector implements AutoCloseable {
  private final EventLoops loops = EventLoops.start(1);
  private final ExecutorService resolver =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "porthole-resolve");
            thread.setDaemon(true);
            return thread;
          });
  private final TunnelConfig config;
  private final HostPort relay;
  private final Mailbox mailbox;
  private final Consumer<TunnelEvent> events;
  private final CompletableFuture<Void> stop;
  private final SshConnector ssh;
  private final Secrets secrets;
  private final LocalListeners listeners = new LocalListeners(loops);
  private final Forwarding forwarding;
  private boolean listening;

  Connector(
      TunnelConfig config,
      Mailbox mailbox,
      Consumer<TunnelEvent> events,
      CompletableFuture<Void> stop) {
    this.config = config;
    this.relay = config.relay();
    this.mailbox = mailbox;
    this.events = events;
    this.stop = stop;
    this.ssh =
        new SshConnector(
            loops, new SshClientOptions(config.compression(), config.ciphers(), List.of()));
    this.secrets = new Secrets(config.login(), events);
    this.forwarding = new Forwarding(config, mailbox, events);
  }

  /** The whole way to a live connection; what fails is thrown, ready to be shown. */
  LiveConnection connect(int attempt, List<AskedForward> forwards)
      throws TunnelException, InterruptedException {
    events.accept(new TunnelEvent.Connecting(relay, attempt));
    SshConnection connection = reach();
    try {
      RelayDialect dialect = RelayDialect.of(relay.host(), connection.serverVersion());
      authenticate(connection, dialect);
      Keepalive.watch(connection, config.keepaliveInterval(), config.keepaliveMisses());
      LiveConnection live = new LiveConnection(connection, visitors(connection), dialect);
      SessionText text = forwarding.ask(live, forwards);
      WarmCipher.begin();
      listen(connection);
      forwarding.learnUrls(live, text);
      return live;
    } catch (TunnelException | InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What the world can visit now. */
  List<PublicUrl> publicUrls() {
    return forwarding.urls();
  }

  private SshConnection reach() throws TunnelException, InterruptedException {
    RelayDialer dialer = RelayDialer.resolve(loops, relay, config.family(), config.connectLimit());
    KnownHostsCheck check = hostKeys();
    SshConnection connection =
        await(ssh.connect(dialer, check, config.connectLimit()), config.user());
    events.accept(
        new TunnelEvent.Connected(
            relay, Escaped.line(connection.serverVersion()), connection.hostKey().toString()));
    remember(check, connection);
    return connection;
  }

  private KnownHostsCheck hostKeys() throws TunnelException {
    KnownHostsCheck.Strictness strictness =
        KnownHostsCheck.Strictness.valueOf(config.trust().mode().name());
    try {
      return KnownHostsCheck.read(
          strictness, config.trust().knownHosts(), relay.host(), relay.port());
    } catch (IOException e) {
      throw new TunnelException.HostKeyRefused(
          "Cannot read the known hosts: " + e + ". Check the file's permissions.", e);
    }
  }

  private void remember(KnownHostsCheck check, SshConnection connection) {
    check.warning().map(TunnelEvent.Warning::new).ifPresent(events);
    try {
      check
          .remember()
          .ifPresent(
              file ->
                  events.accept(
                      new TunnelEvent.HostKeyRemembered(
                          connection.hostKey().toString(), file.toString())));
    } catch (IOException e) {
      events.accept(
          new TunnelEvent.Warning("The host key could not be remembered: " + e.getMessage()));
    }
  }

  private void authenticate(SshConnection connection, RelayDialect dialect)
      throws TunnelException, InterruptedException {
    String user = dialect.user(config);
    String shown = dialect.shown(user);
    boolean in = false;
    while (!in) {
      try {
        await(connection.authenticate(user, secrets.credentials(), config.connectLimit()), shown);
        in = true;
      } catch (TunnelException.AuthenticationRefused refused) {
        if (!knowsMore(refused, shown)) {
          throw secrets.explain(refused);
        }
      }
    }
    events.accept(new TunnelEvent.Authenticated(shown));
  }

  /** The user is asked for passphrases first, then for a password. */
  private boolean knowsMore(TunnelException refused, String user) {
    if (takes(refused, "publickey") && secrets.unlock()) {
      return true;
    }
    boolean wantsPassword = takes(refused, "password") || takes(refused, "keyboard-interactive");
    return wantsPassword && secrets.askPassword(user, relay.toString());
  }

  private static boolean takes(TunnelException refused, String method) {
    return refused.getCause() instanceof AuthenticationRefusedException cause
        && cause.methods().contains(method);
  }

  private Visitors visitors(SshConnection connection) {
    return new Visitors(
        loops,
        connection.loop(),
        resolver,
        (target, visitor, reason) ->
            mailbox.tell(
                () ->
                    events.accept(
                        new TunnelEvent.VisitFailed(target, Escaped.line(visitor), reason))));
  }

  private void listen(SshConnection connection) {
    listeners.use(connection);
    if (!listening) {
      listening = true;
      for (LocalForward forward : config.localForwards()) {
        listeners.open(forward, events);
      }
    }
  }

  /** Waits for the loop, unless the user wants to stop. */
  private <T> T await(CompletableFuture<T> step, String user)
      throws TunnelException, InterruptedException {
    mailbox.runUntil(CompletableFuture.anyOf(step.handle((value, failure) -> 0), stop));
    if (!step.isDone()) {
      throw Failures.lost(relay, "stopped by the user", null);
    }
    try {
      return step.get();
    } catch (ExecutionException e) {
      throw Failures.connect(relay, user, e);
    }
  }

  @Override
  public void close() {
    ssh.close();
    resolver.shutdownNow();
    loops.close();
  }
}
