package dev.porthole.tunnel.connect;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.client.SshConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Asks a relay for its URLs: {@code GET /urls} on the port Pinggy's debugger has, in the relay. */
final class UrlService {
  private static final BindAddress DEBUGGER = new BindAddress("localhost", 4300);
  private static final BindAddress ORIGIN = new BindAddress("127.0.0.1", 0);
  private static final int MAX_ANSWER = 64 * 1024;

  private UrlService() {}

  /** The body of the answer; fails if there is no such service. */
  static CompletableFuture<String> ask(SshConnection connection) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    connection
        .openDirectTcpip(DEBUGGER, ORIGIN, new Pipeline(answer))
        .whenComplete(
            (channel, refusal) -> {
              if (refusal != null) {
                answer.completeExceptionally(refusal);
              } else {
                channel.config().setAutoRead(true);
                channel.writeAndFlush(request());
                answer.whenComplete((body, failure) -> channel.close());
              }
            });
    return answer;
  }

  private static FullHttpRequest request() {
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/urls");
    request
        .headers()
        .set(HttpHeaderNames.HOST, DEBUGGER.toString())
        .set(HttpHeaderNames.CONNECTION, "close");
    return request;
  }

  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final CompletableFuture<String> answer;

    private Pipeline(CompletableFuture<String> answer) {
      this.answer = answer;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER), new Reader(answer));
    }
  }

  private static final class Reader extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final CompletableFuture<String> answer;

    private Reader(CompletableFuture<String> answer) {
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
      if (response.status().code() == 200) {
        answer.complete(response.content().toString(StandardCharsets.UTF_8));
      } else {
        answer.completeExceptionally(new IOException("status " + response.status().code()));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      answer.completeExceptionally(new IOException("closed without an answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      answer.completeExceptionally(cause);
    }
  }
}
