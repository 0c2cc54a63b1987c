package dev.porthole.relay.http;

import dev.porthole.relay.limit.VisitorLimit.Verdict;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;

/** Tells a visitor there are too many (RFC 6585 section 4), before it costs more than a socket. */
final class RefusedVisitor extends ChannelInboundHandlerAdapter {
  private static final String ANSWER =
      "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
          + "Retry-After: 10\r\nConnection: close\r\n\r\n%s";

  private final String answer;

  RefusedVisitor(Verdict verdict) {
    boolean all = verdict == Verdict.TOO_MANY;
    String status = all ? "503 Service Unavailable" : "429 Too Many Requests";
    String text = "Too many connections" + (all ? "" : " from your address") + "; try again.\n";
    answer = ANSWER.formatted(status, text.length(), text);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.write(ByteBufUtil.writeAscii(ctx.alloc(), answer));
    LingeringClose.afterFlush((DuplexChannel) ctx.channel());
  }
}
