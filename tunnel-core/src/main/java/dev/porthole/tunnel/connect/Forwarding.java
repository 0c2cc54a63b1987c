package dev.porthole.tunnel.connect;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.client.SessionRequest;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.relay.RelayDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Asks for the forwards of a connection and learns their public URLs. Remembers across connections
 * what was granted, to ask for the same again. Confined to the tunnel's thread.
 */
final class Forwarding {
  private static final Duration REPLY_LIMIT = Duration.ofSeconds(15);
  private static final Duration URL_LIMIT = Duration.ofSeconds(5);

  /** Relays write their URLs in one go; silence for so long means that was all. */
  private static final Duration URL_SILENCE = Duration.ofMillis(200);

  private final TunnelConfig config;
  private final Mailbox mailbox;
  private final Consumer<TunnelEvent> events;
  private List<PublicUrl> urls = List.of();

  Forwarding(TunnelConfig config, Mailbox mailbox, Consumer<TunnelEvent> events) {
    this.config = config;
    this.mailbox = mailbox;
    this.events = events;
  }

  List<PublicUrl> urls() {
    return urls;
  }

  /** Asks for all forwards at once and starts the session; returns when every one is answered. */
  SessionText ask(LiveConnection live, List<AskedForward> forwards)
      throws TunnelException, InterruptedException {
    Map<AskedForward, CompletableFuture<BindAddress>> asked = new LinkedHashMap<>();
    forwards.forEach(forward -> asked.put(forward, request(live, forward)));
    SessionText text = new SessionText(live.dialect(), config, mailbox, events);
    live.says(text);
    if (config.session()) {
      startSession(live, text);
    }
    Optional<TunnelException> refusal = Optional.empty();
    for (Map.Entry<AskedForward, CompletableFuture<BindAddress>> each : asked.entrySet()) {
      Optional<TunnelException> refused = answered(live, each.getKey(), each.getValue());
      refusal = refused.isPresent() ? refused : refusal;
    }
    boolean none = live.granted().isEmpty() && !forwards.isEmpty();
    if (refusal.isPresent() && (none || config.requireAllForwards())) {
      // A refused request brings no reason, but relays write theirs to the session.
      mailbox.runUntil(live.ssh().closed(), URL_SILENCE);
      throw live.refusal().orElse(refusal.get());
    }
    return text;
  }

  /** What the relay chose before is asked for again, so that the URL stays; then anything. */
  private CompletableFuture<BindAddress> request(LiveConnection live, AskedForward asked) {
    BindAddress wanted = live.dialect().bindOf(asked.forward());
    BindAddress again =
        asked
            .granted()
            .map(before -> live.dialect().again(config.relay(), asked.forward(), before, urls))
            .orElse(wanted);
    return again.equals(wanted)
        ? live.request(asked, wanted)
        : live.request(asked, again).exceptionallyCompose(refused -> live.request(asked, wanted));
  }

  private void startSession(LiveConnection live, SessionText text) {
    Optional<String> command =
        config.command().isEmpty() ? Optional.empty() : Optional.of(config.command());
    live.ssh()
        .openSession(new SessionRequest(command, live.dialect().wantsTerminal()), text)
        .exceptionally(
            refused -> {
              if (command.isPresent()) {
                mailbox.tell(
                    () ->
                        events.accept(
                            new TunnelEvent.Warning("The relay runs no command or options.")));
              }
              return null;
            });
  }

  private Optional<TunnelException> answered(
      LiveConnection live, AskedForward asked, CompletableFuture<BindAddress> reply)
      throws InterruptedException {
    Forward forward = asked.forward();
    TunnelException failure;
    try {
      if (!mailbox.runUntil(reply, REPLY_LIMIT)) {
        failure =
            Failures.forwardRefused(
                forward, new IllegalStateException("no answer within 15 seconds"));
      } else {
        BindAddress granted = reply.get();
        live.stands(asked, granted);
        events.accept(new TunnelEvent.ForwardStands(forward, granted.port()));
        return Optional.empty();
      }
    } catch (ExecutionException e) {
      failure = Failures.forwardRefused(forward, e);
    }
    events.accept(new TunnelEvent.ForwardFailed(forward, String.valueOf(failure.getMessage())));
    return Optional.of(failure);
  }

  /** Machine-readable source first, then the session's text, then the replies. */
  void learnUrls(LiveConnection live, SessionText text)
      throws TunnelException, InterruptedException {
    Set<PublicUrl> found = new LinkedHashSet<>();
    RelayDialect dialect = live.dialect();
    if (dialect.hasUrlService() && !live.granted().isEmpty()) {
      found.addAll(fromService(live));
    }
    if (found.isEmpty() && dialect.urlsInText() && config.session()) {
      found.addAll(fromText(live, text));
    }
    if (live.refusal().isPresent()) {
      throw live.refusal().get();
    }
    if (found.isEmpty()) {
      live.granted()
          .forEach(
              (asked, granted) ->
                  dialect
                      .urlOfReply(config.relay(), asked.forward(), granted)
                      .ifPresent(found::add));
    }
    tell(new ArrayList<>(found));
  }

  private void tell(List<PublicUrl> now) {
    now.stream()
        .filter(url -> !urls.contains(url))
        .forEach(url -> events.accept(new TunnelEvent.Url(url, Optional.empty())));
    urls = List.copyOf(now);
  }

  private List<PublicUrl> fromService(LiveConnection live) throws InterruptedException {
    CompletableFuture<String> answer = UrlService.ask(live.ssh());
    if (!mailbox.runUntil(answer, URL_LIMIT) || answer.isCompletedExceptionally()) {
      return List.of();
    }
    return live.dialect().urlsOfService(answer.join());
  }

  private Set<PublicUrl> fromText(LiveConnection live, SessionText text)
      throws InterruptedException {
    CompletableFuture<String> gone = live.ssh().closed();
    long end = System.nanoTime() + URL_LIMIT.toNanos();
    int seen = 0;
    while (System.nanoTime() < end && !gone.isDone() && text.refusal().isEmpty()) {
      mailbox.runUntil(gone, URL_SILENCE);
      if (!text.urls().isEmpty() && text.urls().size() == seen) {
        return text.urls();
      }
      seen = text.urls().size();
    }
    return text.urls();
  }
}
