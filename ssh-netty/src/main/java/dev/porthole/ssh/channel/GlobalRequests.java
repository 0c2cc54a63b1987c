package dev.porthole.ssh.channel;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Our global requests and their replies (RFC 4254 section 4). Replies carry no number: they come in
 * the order of the requests. Confined to the loop.
 */
public final class GlobalRequests {
  private final Session session;
  private final EventLoop loop;
  private final Deque<CompletableFuture<Reply>> unanswered = new ArrayDeque<>();
  private boolean lost;

  /** For one session. */
  public GlobalRequests(Session session, EventLoop loop) {
    this.session = session;
    this.loop = loop;
  }

  /**
   * A reply.
   *
   * @param success SSH_MSG_REQUEST_SUCCESS
   * @param payload the rest of the packet; valid during the callback only
   */
  public record Reply(boolean success, Buffer payload) {}

  /** Asks and wants to know. The future completes inside the read of the reply. */
  public CompletableFuture<Reply> ask(String name, Consumer<Buffer> rest) {
    assert loop.inEventLoop();
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    if (lost) {
      reply.completeExceptionally(new IOException("the connection is gone"));
      return reply;
    }
    Buffer packet = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    packet.putString(name);
    packet.putBoolean(true);
    rest.accept(packet);
    unanswered.add(reply);
    try {
      session.writePacket(packet);
    } catch (IOException e) {
      unanswered.removeLast();
      reply.completeExceptionally(e);
    }
    return reply;
  }

  /** Handles a reply; false if the packet is none, or nobody waits for one. */
  public boolean process(int command, Buffer packet) {
    boolean success = command == SshConstants.SSH_MSG_REQUEST_SUCCESS;
    if (!success && command != SshConstants.SSH_MSG_REQUEST_FAILURE) {
      return false;
    }
    CompletableFuture<Reply> reply = unanswered.poll();
    if (reply != null) {
      reply.complete(new Reply(success, packet));
    }
    return true;
  }

  /** The connection is gone: nobody will answer. */
  public void connectionLost() {
    lost = true;
    while (!unanswered.isEmpty()) {
      unanswered.remove().completeExceptionally(new IOException("the connection was lost"));
    }
  }
}
