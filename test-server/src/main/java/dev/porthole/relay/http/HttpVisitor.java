package dev.porthole.relay.http;

import dev.porthole.relay.route.Route;
import dev.porthole.relay.words.RemoteOptions;
import dev.porthole.ssh.channel.ChannelRefusedException;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.splice.Splice;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a visitor: reads a request, finds the tunnel, passes the request on part by
 * part, and the response back, one exchange after the other. Confined to the loop.
 */
final class HttpVisitor extends ChannelInboundHandlerAdapter {
  /** Parts that wait because the channel is not open yet, or an exchange goes on before them. */
  private static final int MAX_WAITING = 32;

  private static final int REQUEST_SECONDS = 60;

  private final HttpEdge edge;
  private final boolean tls;
  private final ResponseEncoder encoder;
  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> patience;
  private @Nullable Exchange exchange;
  private @Nullable TunnelLink link;
  private boolean firstOnLink;
  private boolean eof;
  private boolean over;

  HttpVisitor(HttpEdge edge, boolean tls, ResponseEncoder encoder) {
    this.edge = edge;
    this.tls = tls;
    this.encoder = encoder;
  }

  // From the visitor.

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    waitForRequest();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
    } else {
      waiting.add((HttpObject) message);
      proceed();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (link != null) {
      link.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (link != null) {
      link.readWhen(ctx.channel().isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !over) {
      eof = true;
      proceed();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end();
    ctx.close();
  }

  /** Passes on what may be passed on now. */
  private void proceed() {
    while (!waiting.isEmpty() && !over) {
      if (exchange == null) {
        begin(waiting.remove());
      } else if (link != null && link.isOpen() && !exchange.isRequestSent()) {
        send(link, exchange, waiting.remove());
      } else {
        break;
      }
    }
    if (eof && !over && waiting.isEmpty()) {
      passEof();
    }
    if (!over) {
      boolean roomy = waiting.size() < MAX_WAITING;
      boolean writable = link == null || !link.isOpen() || link.isWritable();
      channel().config().setAutoRead(roomy && writable);
    }
  }

  /** The service decides what half a connection is worth to it, as if the visitor were there. */
  private void passEof() {
    if (exchange == null) {
      end();
      channel().close();
    } else if (link != null && link.isOpen()) {
      if (exchange.isRequestSent()) {
        link.shutdownOutput();
      } else {
        abort();
      }
    }
  }

  private void begin(HttpObject part) {
    if (!(part instanceof HttpRequest request)) {
      ReferenceCountUtil.release(part);
      return;
    }
    if (patience != null) {
      patience.cancel(false);
    }
    exchange = new Exchange(request);
    Optional<String> host = HostName.of(request);
    Optional<Page> refusal = HttpEdge.refusal(request, host);
    if (refusal.isPresent()) {
      answer(refusal.get());
      return;
    }
    Optional<Route> route = host.flatMap(edge.routes()::of);
    if (route.isEmpty()) {
      answer(Page.noSuchName(host.orElseThrow()));
      return;
    }
    route.get().policies().thenAccept(options -> enter(route.get(), options));
  }

  /** The client's options are known; the visitor may be gone. */
  private void enter(Route route, RemoteOptions options) {
    if (exchange == null || over) {
      return;
    }
    HttpRequest request = exchange.request();
    Optional<Page> refusal =
        new Gate(options, edge.httpsPort()).check(request, address(), route.host(), tls);
    if (refusal.isPresent()) {
      answer(refusal.get());
      return;
    }
    RequestHeaders.rewrite(request, options, address(), tls);
    firstOnLink = link == null || !link.leadsTo(route);
    if (firstOnLink) {
      if (link != null) {
        link.close();
      }
      link = TunnelLink.open(route, address(), this);
    } else {
      onOpened();
    }
  }

  private void send(TunnelLink to, Exchange of, HttpObject part) {
    if (part instanceof LastHttpContent) {
      of.requestSent();
    }
    to.write(part);
  }

  // From the tunnel.

  void onOpened() {
    if (link != null && link.isOpen() && exchange != null) {
      link.write(exchange.request());
      link.readWhen(channel().isWritable());
      proceed();
      link.flush();
    }
  }

  void onRefused(TunnelLink refused, @Nullable Throwable cause) {
    if (refused != link || over) {
      return;
    }
    link = null;
    Throwable reason = cause instanceof CompletionException ? cause.getCause() : cause;
    boolean full =
        reason instanceof ChannelRefusedException refusal
            && refusal.reason() == OpenFailure.RESOURCE_SHORTAGE;
    answer(
        full
            ? Page.of(HttpResponseStatus.SERVICE_UNAVAILABLE, "Too many visitors at once.")
            : Page.badGateway("the local service behind it cannot be reached."));
  }

  void onResponse(HttpObject part) {
    if (over || exchange == null) {
      ReferenceCountUtil.release(part);
      return;
    }
    if (part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(part);
      failed("the local service behind it does not answer in HTTP.");
      return;
    }
    if (part instanceof HttpResponse response) {
      exchange.onResponse(response);
      encoder.answersHead(exchange.isHead());
    }
    boolean last = part instanceof LastHttpContent;
    if (last && link != null && link.isReset() && !exchange.isInterim()) {
      ReferenceCountUtil.release(part);
      abort();
      return;
    }
    context().write(part, channel().voidPromise());
    if (link != null && !channel().isWritable()) {
      link.readWhen(false);
      context().flush();
    }
    if (last) {
      onResponseEnd(exchange);
    }
  }

  void onResponseRead() {
    context().flush();
  }

  void onLinkWritable() {
    if (!over) {
      proceed();
    }
  }

  /** The service wants no more; what that means depends on how far the exchange is. */
  void onEnded(TunnelLink ended) {
    if (ended != link || over) {
      return;
    }
    if (exchange == null || (!exchange.isAnswered() && !firstOnLink)) {
      // A kept connection that ends is what every HTTP client is prepared for.
      end();
      channel().close();
    } else {
      failed("the local service behind it closed the connection without an answer.");
    }
  }

  private void failed(String what) {
    if (exchange != null && exchange.isAnswered()) {
      abort();
    } else {
      answer(Page.badGateway(what));
    }
  }

  private void onResponseEnd(Exchange ended) {
    if (ended.isInterim()) {
      context().flush();
    } else if (ended.isSwitching()) {
      leaveHttp();
    } else if (ended.mayBeFollowed() && !eof) {
      exchange = null;
      waitForRequest();
      proceed();
    } else {
      close();
    }
  }

  // Ends.

  /** Both sides speak another protocol from here on. */
  private void leaveHttp() {
    over = true;
    context().flush();
    DuplexChannel visitor = channel();
    SshChannel plain = link == null ? null : link.leaveHttp();
    if (plain == null) {
      return;
    }
    visitor.pipeline().remove(this);
    Splice.join(visitor, plain);
    plain.pipeline().remove(HttpClientCodec.class);
    visitor.pipeline().remove(HttpRequestDecoder.class);
    visitor.pipeline().remove(ResponseEncoder.class);
  }

  private void answer(Page page) {
    Optional<HttpRequest> request = Optional.ofNullable(exchange).map(Exchange::request);
    encoder.answersHead(exchange != null && exchange.isHead());
    context().write(page.answer(request), channel().voidPromise());
    close();
  }

  private void close() {
    end();
    DuplexChannel visitor = channel();
    context()
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(flushed -> LingeringClose.begin(visitor));
  }

  /** A response that was cut short must not look like a whole one: the visitor gets a reset. */
  private void abort() {
    end();
    channel().config().setOption(ChannelOption.SO_LINGER, 0);
    channel().close();
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    if (patience != null) {
      patience.cancel(false);
    }
    if (link != null && exchange != null && !exchange.isRequestSent()) {
      link.reset();
    } else if (link != null) {
      link.close();
    }
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void waitForRequest() {
    patience =
        context().executor().schedule(() -> channel().close(), REQUEST_SECONDS, TimeUnit.SECONDS);
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  private DuplexChannel channel() {
    return (DuplexChannel) context().channel();
  }

  private InetSocketAddress address() {
    return (InetSocketAddress) channel().remoteAddress();
  }
}
