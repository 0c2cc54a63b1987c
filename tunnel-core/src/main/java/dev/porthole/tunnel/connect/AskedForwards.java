package dev.porthole.tunnel.connect;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The forwards a tunnel is to have now: those of its configuration, and those the program added or
 * removed since. Confined to the tunnel's thread.
 */
final class AskedForwards {
  private final List<AskedForward> all = new ArrayList<>();
  private final Mailbox mailbox;
  private final Consumer<TunnelEvent> events;

  AskedForwards(List<Forward> configured, Mailbox mailbox, Consumer<TunnelEvent> events) {
    configured.forEach(forward -> all.add(new AskedForward(forward)));
    this.mailbox = mailbox;
    this.events = events;
  }

  /** What to ask a new connection for. */
  List<AskedForward> all() {
    return List.copyOf(all);
  }

  /** Asks for one more; the port is completed when the relay has answered. */
  void add(@Nullable LiveConnection live, Forward forward, CompletableFuture<Integer> port) {
    if (live == null) {
      port.completeExceptionally(notOnline(forward));
      return;
    }
    AskedForward asked = new AskedForward(forward);
    live.request(asked, live.dialect().bindOf(forward))
        .thenAccept(address -> mailbox.call(() -> added(live, asked, address, port)))
        .exceptionally(
            refusal -> {
              mailbox.call(() -> refused(forward, refusal, port));
              return null;
            });
  }

  private void added(
      LiveConnection live,
      AskedForward asked,
      BindAddress address,
      CompletableFuture<Integer> port) {
    live.stands(asked, address);
    all.add(asked);
    events.accept(new TunnelEvent.ForwardStands(asked.forward(), address.port()));
    port.complete(address.port());
  }

  private void refused(Forward forward, Throwable refusal, CompletableFuture<Integer> port) {
    TunnelException failure = Failures.forwardRefused(forward, refusal);
    events.accept(new TunnelEvent.ForwardFailed(forward, String.valueOf(failure.getMessage())));
    port.completeExceptionally(failure);
  }

  /** Takes the first of those that equal this one back. */
  void remove(@Nullable LiveConnection live, Forward forward, CompletableFuture<Void> removed) {
    Optional<AskedForward> first =
        all.stream().filter(asked -> asked.forward().equals(forward)).findFirst();
    first.ifPresent(all::remove);
    if (live == null || first.isEmpty()) {
      removed.complete(null);
    } else {
      live.cancel(first.get()).whenComplete((done, refusal) -> removed.complete(null));
    }
  }

  /** Takes back what was removed while a new connection was asking for it. */
  void takeBackRemoved(LiveConnection live) {
    live.granted().keySet().stream()
        .filter(asked -> !all.contains(asked))
        .toList()
        .forEach(live::cancel);
  }

  static TunnelException notOnline(Forward forward) {
    return Failures.forwardRefused(forward, new IllegalStateException("the tunnel is not online"));
  }
}
