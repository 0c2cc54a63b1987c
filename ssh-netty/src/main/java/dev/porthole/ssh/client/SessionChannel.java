package dev.porthole.ssh.client;

import dev.porthole.ssh.channel.ChannelRefusedException;
import dev.porthole.ssh.channel.ChannelTable;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.StandardError;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** A session channel seen from the client: starts what was asked for, hands its output on. */
final class SessionChannel extends ChannelInboundHandlerAdapter {
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;

  private final SessionOutput output;

  private SessionChannel(SessionOutput output) {
    this.output = output;
  }

  /** Opens, asks for a terminal if wanted (a refusal is no harm), starts; on the loop. */
  static CompletableFuture<SshChannel> open(
      ChannelTable channels, SessionRequest request, SessionOutput output) {
    return channels
        .open("session", packet -> {}, new SessionChannel(output))
        .thenCompose(
            channel -> {
              if (request.pty()) {
                channel.sendRequest("pty-req", false, terminal());
              }
              channel.config().setAutoRead(true);
              return start(channel, request);
            });
  }

  private static CompletableFuture<SshChannel> start(SshChannel channel, SessionRequest request) {
    CompletableFuture<Boolean> started =
        request
            .command()
            .map(command -> channel.sendRequest("exec", true, string(command)))
            .orElseGet(() -> channel.sendRequest("shell", true, new byte[0]));
    return started.thenCompose(
        success -> {
          if (success) {
            return CompletableFuture.completedFuture(channel);
          }
          channel.close();
          return CompletableFuture.failedFuture(
              new ChannelRefusedException("the server starts no shell or command", null));
        });
  }

  /** RFC 4254 section 6.2: TERM, size in characters, size in pixels, no modes. */
  private static byte[] terminal() {
    Buffer buffer = new ByteArrayBuffer();
    buffer.putString("dumb");
    buffer.putUInt(COLUMNS);
    buffer.putUInt(ROWS);
    buffer.putUInt(0);
    buffer.putUInt(0);
    buffer.putString("\0");
    return buffer.getCompactData();
  }

  private static byte[] string(String text) {
    Buffer buffer = new ByteArrayBuffer();
    buffer.putString(text);
    return buffer.getCompactData();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      output.onOutput(bytes, false);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof StandardError error) {
      output.onOutput(error.bytes(), true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    output.onClosed();
  }
}
