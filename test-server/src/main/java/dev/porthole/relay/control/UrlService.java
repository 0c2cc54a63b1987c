package dev.porthole.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a client gets at {@code localhost:4300} in the relay: {@code GET /urls} answers {@code
 * {"urls":[…]}}, so that no program has to read the session's text.
 */
final class UrlService extends ChannelInitializer<Channel> {
  private static final int MAX_REQUEST = 16 * 1024;

  private final Supplier<List<String>> urls;

  UrlService(Supplier<List<String>> urls) {
    this.urls = urls;
  }

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(new HttpServerCodec(), new HttpObjectAggregator(MAX_REQUEST), new Answers());
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      boolean asked = request.method().equals(HttpMethod.GET) && request.uri().equals("/urls");
      String text = asked ? json() : "Only GET /urls is answered here.\n";
      HttpResponseStatus status = asked ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND;
      ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), text);
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, asked ? "application/json" : "text/plain")
          .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
          .set(HttpHeaderNames.CONNECTION, "close");
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /** Hosts are host names and ports are numbers: nothing in a URL needs escaping. */
    private String json() {
      return urls.get().stream()
          .map(url -> '"' + url + '"')
          .collect(Collectors.joining(",", "{\"urls\":[", "]}\n"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
