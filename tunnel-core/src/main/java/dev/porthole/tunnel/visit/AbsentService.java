package dev.porthole.tunnel.visit;

import dev.porthole.tunnel.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for a local service that is not there: a visitor who speaks HTTP is told so with a 502,
 * any other is closed, all within a second. Confined to the loop.
 */
final class AbsentService extends ChannelInboundHandlerAdapter {
  private static final long LIMIT_MILLIS = 1_000;
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 64 * 1024;
  private static final int MAX_CHUNK = 8 * 1024;

  private final Target target;
  private final String tried;
  private boolean answered;

  /**
   * For one visitor.
   *
   * @param tried what was tried and what happened, without anything from the network
   */
  AbsentService(Target target, String tried) {
    this.target = target;
    this.tried = tried;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.pipeline()
        .addBefore(ctx.name(), "http", new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK));
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> ctx.close(), LIMIT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpRequest request && !answered) {
        answered = true;
        answer(ctx, request);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      ctx.close();
      return;
    }
    // EOF, not close: a visitor still sending its body would lose the answer to a reset.
    ctx.writeAndFlush(response(request))
        .addListener(done -> ((DuplexChannel) ctx.channel()).shutdownOutput());
  }

  private FullHttpResponse response(HttpRequest request) {
    String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
    boolean html = accept.contains("text/html");
    String sentence = "Nothing answers at " + target + ": " + tried + ".";
    String text = html ? page(sentence) : "502 Bad Gateway\n" + sentence + "\n";
    ByteBuf body = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_GATEWAY, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, (html ? "text/html" : "text/plain") + "; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONNECTION, "close");
    return response;
  }

  private static String page(String sentence) {
    return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>502 Bad Gateway</title>"
        + "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:15vh auto;"
        + "padding:0 1em}</style><h1>The tunnel is up, the service is not</h1><p>"
        + sentence.replace("&", "&amp;").replace("<", "&lt;")
        + "</p><p>Start it, then reload this page.</p></html>\n";
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
