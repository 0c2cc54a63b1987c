package dev.porthole.relay.http;

import dev.porthole.relay.route.Route;
import dev.porthole.relay.words.RemoteOptions;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a visitor: reads a request, finds the tunnel, passes the request on part by
 * part, and the response back, one exchange after the other. Confined to the loop.
 */
final class HttpVisitor extends ChannelInboundHandlerAdapter {
  /** Parts that wait because the channel is not open yet, or an exchange goes on before them. */
  private static final int MAX_WAITING = 32;

  private final HttpEdge edge;
  private final boolean tls;
  private final VisitorSide visitor;
  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private @Nullable Exchange exchange;
  private @Nullable TunnelLink link;
  private boolean firstOnLink;
  private boolean eof;
  private boolean over;
  private boolean proceeding;

  HttpVisitor(HttpEdge edge, boolean tls, VisitorSide visitor) {
    this.edge = edge;
    this.tls = tls;
    this.visitor = visitor;
  }

  // From the visitor.

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
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (link != null) {
      link.readWhen(visitor.isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
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

  /**
   * Passes on what may be passed on now. A write can change writability and so come back here while
   * Netty's encoder is still at work, which it would not survive: the outer call goes on instead.
   */
  void proceed() {
    if (over || proceeding) {
      return;
    }
    proceeding = true;
    while (!waiting.isEmpty() && !over) {
      if (exchange == null) {
        begin(waiting.remove());
      } else if (link != null && link.isOpen() && !exchange.isRequestSent()) {
        exchange.onSent(waiting.element());
        if (!link.write(waiting.remove())) {
          abort();
        }
      } else {
        break;
      }
    }
    proceeding = false;
    settle();
  }

  private void settle() {
    if (link != null) {
      link.flush();
    }
    if (eof && !over && waiting.isEmpty()) {
      passEof();
    }
    if (!over) {
      boolean writable = link == null || !link.isOpen() || link.isWritable();
      visitor.channel().config().setAutoRead(writable && waiting.size() < MAX_WAITING);
    }
  }

  /** The service decides what half a connection is worth to it, as if the visitor were there. */
  private void passEof() {
    if (exchange == null) {
      end();
      visitor.end();
    } else if (exchange.isRequestSent() && link != null) {
      link.shutdownOutput();
    } else if (link != null && link.isOpen()) {
      abort();
    }
  }

  private void begin(HttpObject part) {
    if (!(part instanceof HttpRequest request)) {
      ReferenceCountUtil.release(part);
      return;
    }
    visitor.requestCame();
    exchange = new Exchange(request);
    Optional<String> host = HostName.of(request);
    Optional<Page> refusal = HttpEdge.refusal(request, host);
    if (refusal.isPresent()) {
      answer(refusal.get());
      return;
    }
    Optional<Route> route = host.flatMap(edge.routes()::of);
    if (route.isPresent()) {
      leaveOther(route.get());
      route.get().policies().thenAccept(options -> enter(route.get(), options));
    } else {
      answer(Page.noSuchName(host.orElseThrow()));
    }
  }

  private void leaveOther(Route route) {
    if (link != null && !link.leadsTo(route)) {
      link.close();
      link = null;
    }
  }

  /** The client's options are known; the visitor may be gone. */
  private void enter(Route route, RemoteOptions options) {
    if (exchange == null || over) {
      return;
    }
    HttpRequest request = exchange.request();
    Optional<Page> refusal =
        new Gate(options, edge.httpsPort()).check(request, visitor.address(), route.host(), tls);
    if (refusal.isPresent()) {
      answer(refusal.get());
      return;
    }
    RequestHeaders.rewrite(request, options, visitor.address(), tls);
    firstOnLink = link == null;
    if (link == null) {
      link = new TunnelLink(route, this);
      link.open(visitor.address());
    }
    waiting.addFirst(request);
    proceed();
  }

  // From the tunnel.

  void onOpened() {
    if (link != null) {
      link.readWhen(visitor.isWritable());
    }
    proceed();
  }

  void onRefused(TunnelLink refused, @Nullable Throwable cause) {
    if (refused == link && !over) {
      link = null;
      answer(Page.refused(cause));
    }
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
    }
    visitor.write(part, exchange);
    if (link != null && !visitor.isWritable()) {
      link.readWhen(false);
    }
    if (part instanceof LastHttpContent) {
      onResponseEnd(exchange);
    }
  }

  void onResponseRead() {
    visitor.flush();
  }

  /** The service wants no more; what that means depends on how far the exchange is. */
  void onEnded(TunnelLink ended) {
    if (ended != link || over) {
      return;
    }
    if (exchange == null || (!exchange.isAnswered() && !firstOnLink)) {
      // A kept connection that ends is what every HTTP client is prepared for.
      end();
      visitor.end();
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
      visitor.flush();
    } else if ((link != null && link.isReset()) || (ended.isSwitching() && !waiting.isEmpty())) {
      abort(); // what waits was read as HTTP, and is none
    } else if (ended.isSwitching()) {
      leaveHttp();
    } else if (ended.mayBeFollowed() && !eof) {
      exchange = null;
      visitor.awaitRequest();
      proceed();
    } else {
      exchange = null;
      end();
      visitor.end();
    }
  }

  private void leaveHttp() {
    over = true;
    visitor.channel().pipeline().remove(this);
    if (link != null) {
      visitor.leaveHttp(link.leaveHttp());
    }
  }

  private void answer(Page page) {
    if (exchange != null) {
      visitor.write(page.answer(exchange.request()), exchange);
    }
    end();
    visitor.end();
  }

  private void abort() {
    end();
    visitor.reset();
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    visitor.requestCame();
    if (link != null && exchange != null) {
      link.reset();
    } else if (link != null) {
      link.close();
    }
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
