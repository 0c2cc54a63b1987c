package dev.porthole.relay.control;

import dev.porthole.relay.words.LoginName;
import dev.porthole.relay.words.LoginName.Qr;
import dev.porthole.relay.words.RefusedException;
import dev.porthole.relay.words.RemoteOptions;
import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.server.SessionStart;
import dev.porthole.ssh.server.SshServerConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that is logged in: its forwards, its options, its session. Confined to the loop. */
final class TunnelClient {
  /** Options come with the session, right behind the forwards; who has none is not waited for. */
  private static final int OPTIONS_SECONDS = 1;

  private static final int MAX_NOTES = 64;

  private final SshServerConnection connection;
  private final LoginName login;
  private final Liveness liveness;
  private final boolean servesHttps;
  private final Map<BindAddress, Standing> forwards = new LinkedHashMap<>();
  private final List<BindAddress> undecided = new ArrayList<>();
  private final CompletableFuture<RemoteOptions> policies = new CompletableFuture<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable SessionText session;
  private int lastNumber;

  /**
   * A forward that stands.
   *
   * @param urls where it is to be found
   * @param takeBack frees its name or port
   */
  record Standing(List<String> urls, Runnable takeBack) {}

  TunnelClient(
      SshServerConnection connection, LoginName login, Liveness liveness, boolean servesHttps) {
    this.connection = connection;
    this.login = login;
    this.liveness = liveness;
    this.servesHttps = servesHttps;
    connection
        .loop()
        .schedule(() -> policies.complete(RemoteOptions.none()), OPTIONS_SECONDS, TimeUnit.SECONDS);
  }

  SshServerConnection connection() {
    return connection;
  }

  LoginName login() {
    return login;
  }

  CompletableFuture<RemoteOptions> policies() {
    return policies;
  }

  /** How many forwards stand or are being decided. */
  int forwards() {
    return forwards.size() + undecided.size();
  }

  /** A forward takes a while to decide; until then it counts as one that stands. */
  void deciding(BindAddress requested) {
    undecided.add(requested);
  }

  void decided(BindAddress requested) {
    undecided.remove(requested);
  }

  /** A port number that no forward of this client has; some clients tell forwards by it alone. */
  BindAddress numbered(BindAddress requested) {
    do {
      lastNumber++;
    } while (has(requested.withPort(lastNumber)));
    return requested.withPort(lastNumber);
  }

  boolean has(BindAddress bound) {
    return forwards.containsKey(bound) || undecided.contains(bound);
  }

  void stands(BindAddress bound, Standing forward) {
    forwards.put(bound, forward);
    if (session != null) {
      show(session, forward.urls());
    }
  }

  boolean takeBack(BindAddress bound) {
    Standing forward = forwards.remove(bound);
    if (forward != null) {
      forward.takeBack().run();
    }
    return forward != null;
  }

  /** Another connection of the same owner has the place of a forward from now on. */
  void loses(BindAddress bound) {
    Standing lost = forwards.remove(bound);
    if (lost != null) {
      lost.takeBack().run();
      say(
          "Another connection of the same owner took over "
              + String.join(" and ", lost.urls())
              + ".");
    }
  }

  /** Whether it should have given a sign of life by now. */
  boolean isSilent() {
    return liveness.isSilent();
  }

  void takeBackAll() {
    forwards.values().forEach(forward -> forward.takeBack().run());
    forwards.clear();
  }

  List<String> urls() {
    return forwards.values().stream().flatMap(forward -> forward.urls().stream()).toList();
  }

  /** Tells the user a sentence, now or when there is a session. */
  void say(String sentence) {
    if (session != null) {
      session.line(sentence);
    } else if (notes.size() < MAX_NOTES) {
      notes.add(sentence);
    }
  }

  /** The session begins; with it come the options. A second one is only read. */
  void onSession(SessionStart start) {
    SessionText text = SessionText.start(start, () -> end("Ended by Ctrl-C."));
    if (session != null) {
      return;
    }
    session = text;
    notes.forEach(text::line);
    notes.clear();
    try {
      RemoteOptions options = RemoteOptions.parse(start.command().orElse(""));
      if (options.httpsOnly() && !servesHttps) {
        throw new RefusedException("x:https is not offered: this relay has no https port.");
      }
      policies.complete(options);
    } catch (RefusedException e) {
      end("Refused: " + e.sentence());
      return;
    }
    if (login.refusal().isPresent()) {
      end("Refused: " + login.refusal().get());
    } else if (forwards.isEmpty()) {
      say("No forward stands. Ask for one: ssh -R 0:localhost:8000 and this host.");
    } else {
      show(text, urls());
    }
  }

  private void show(SessionText text, List<String> urls) {
    urls.forEach(text::line);
    if (login.qr() != Qr.NONE && !urls.isEmpty()) {
      text.qr(urls.get(0), login.qr());
    }
  }

  /** Ends the tunnel; the client gets a moment to read why. */
  void end(String why) {
    takeBackAll();
    if (session != null) {
      session.line(why);
      session.exit(1);
    }
    connection.loop().schedule(() -> connection.disconnect(why), 100, TimeUnit.MILLISECONDS);
  }
}
