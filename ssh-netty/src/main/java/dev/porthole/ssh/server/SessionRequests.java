package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.ChannelRequest;
import dev.porthole.ssh.channel.SshChannel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a session channel: collects what the client asks for (RFC 4254 section 6)
 * until it wants a shell or a command, then hands the session over. Confined to the loop.
 */
final class SessionRequests extends ChannelInboundHandlerAdapter {
  private final SshServerConnection connection;
  private final SshServerHandler handler;
  private SessionStart.@Nullable Pty pty;
  private boolean started;

  SessionRequests(SshServerConnection connection, SshServerHandler handler) {
    this.connection = connection;
    this.handler = handler;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelRequest request) {
      answer((SshChannel) ctx.channel(), request);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void answer(SshChannel channel, ChannelRequest request) {
    switch (request.type()) {
      case "pty-req" -> {
        pty = readPty(request.payload());
        request.reply(true);
      }
      case "shell" -> start(channel, request, Optional.empty());
      case "exec" -> start(channel, request, Optional.of(readString(request.payload())));
      // Accepted and without effect here: no program runs that could use them.
      case "env", "window-change", "signal" -> request.reply(true);
      default -> request.reply(false);
    }
  }

  private void start(SshChannel channel, ChannelRequest request, Optional<String> command) {
    request.reply(!started);
    if (!started) {
      started = true;
      handler.onSession(connection, new SessionStart(channel, command, Optional.ofNullable(pty)));
    }
  }

  private static SessionStart.Pty readPty(ByteBuf payload) {
    String term = readString(payload);
    return new SessionStart.Pty(term, payload.readInt(), payload.readInt());
  }

  /** A string of RFC 4251 section 5; a length beyond the packet fails the whole request. */
  private static String readString(ByteBuf payload) {
    int length = payload.readInt();
    return payload.readCharSequence(length, StandardCharsets.UTF_8).toString();
  }
}
