package dev.porthole.ssh.channel;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Channel requests of ours that wait for a reply. Replies carry no number: they come in the order
 * of the requests (RFC 4254 section 5.4). Confined to the loop.
 */
final class SentRequests {
  private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>(1);

  CompletableFuture<Boolean> add() {
    CompletableFuture<Boolean> reply = new CompletableFuture<>();
    waiting.add(reply);
    return reply;
  }

  /** A reply nobody waits for is ignored. */
  void onReply(boolean success) {
    CompletableFuture<Boolean> reply = waiting.poll();
    if (reply != null) {
      reply.complete(success);
    }
  }

  void onClosed() {
    while (!waiting.isEmpty()) {
      waiting.remove().completeExceptionally(closed());
    }
  }

  static ChannelRefusedException closed() {
    return new ChannelRefusedException("the channel ended before the reply came", null);
  }
}
