package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.BindAddress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Global requests of a client. Replies carry no number, so they leave in the order of the requests,
 * however late a forward is granted (RFC 4254 section 4). Confined to the loop.
 */
final class PeerRequests {
  private static final Logger LOGGER = LoggerFactory.getLogger(PeerRequests.class);

  /** A client that asks for more at once does not wait for answers. */
  private static final int MAX_UNANSWERED = 1024;

  private final Session session;
  private final SshServerConnection connection;
  private final Deque<CompletableFuture<Consumer<Buffer>>> unanswered = new ArrayDeque<>();

  PeerRequests(Session session, SshServerConnection connection) {
    this.session = session;
    this.connection = connection;
  }

  void process(Buffer packet) throws SshException {
    String name = packet.getString();
    boolean wantReply = packet.getBoolean();
    CompletionStage<Consumer<Buffer>> answer = answer(name, packet);
    if (!wantReply) {
      return;
    }
    if (unanswered.size() >= MAX_UNANSWERED) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "too many unanswered global requests");
    }
    CompletableFuture<Consumer<Buffer>> slot = new CompletableFuture<>();
    unanswered.add(slot);
    answer.whenComplete(
        (payload, refusal) -> {
          if (refusal == null) {
            slot.complete(payload);
          } else {
            slot.completeExceptionally(refusal);
          }
          connection.onLoop(this::reply);
        });
  }

  private CompletionStage<Consumer<Buffer>> answer(String name, Buffer packet) {
    return switch (name) {
      case "tcpip-forward" -> forward(address(packet));
      case "cancel-tcpip-forward" ->
          connection.handler().onForwardCancel(connection, address(packet))
              ? CompletableFuture.completedFuture(reply -> {})
              : CompletableFuture.failedFuture(new SshException("no such forward"));
      case "keepalive@openssh.com" -> CompletableFuture.completedFuture(reply -> {});
      default -> CompletableFuture.failedFuture(new SshException("not offered"));
    };
  }

  /** The reply brings the port only if the client asked for port 0 (RFC 4254 section 7.1). */
  private CompletionStage<Consumer<Buffer>> forward(BindAddress requested) {
    return connection
        .handler()
        .onForwardRequest(connection, requested)
        .thenApply(
            granted ->
                reply -> {
                  if (requested.port() == 0) {
                    reply.putUInt(granted.port());
                  }
                });
  }

  /** Sends what can be sent: everything up to the first request that is still being decided. */
  private void reply() {
    while (!unanswered.isEmpty() && unanswered.peek().isDone()) {
      CompletableFuture<Consumer<Buffer>> slot = unanswered.remove();
      boolean success = !slot.isCompletedExceptionally();
      Buffer reply =
          session.createBuffer(
              success
                  ? SshConstants.SSH_MSG_REQUEST_SUCCESS
                  : SshConstants.SSH_MSG_REQUEST_FAILURE);
      if (success) {
        slot.join().accept(reply);
      }
      try {
        session.writePacket(reply);
      } catch (IOException e) {
        LOGGER.atDebug().addKeyValue("error", e.toString()).log("reply not sent");
      }
    }
  }

  private static BindAddress address(Buffer packet) {
    String host = packet.getString();
    long port = packet.getUInt();
    return new BindAddress(host, (int) Math.min(port, 65535));
  }
}
