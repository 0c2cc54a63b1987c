package dev.porthole.relay.tcp;

import dev.porthole.relay.http.HttpEdge;
import dev.porthole.relay.limit.VisitorLimit;
import dev.porthole.relay.limit.VisitorLimit.Verdict;
import dev.porthole.relay.route.Route;
import dev.porthole.relay.route.Routes;
import dev.porthole.relay.words.TunnelKind;
import dev.porthole.ssh.splice.EarlyBytes;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.Optional;

/**
 * The TLS port: the server name in the ClientHello (RFC 6066 section 3) leads to the client. TLS
 * tunnels get the visitor's bytes as they are; for the others the relay ends TLS, if it has a
 * certificate.
 */
public final class TlsEdge extends ChannelInitializer<SocketChannel> {
  private final Routes routes;
  private final HttpEdge http;
  private final Optional<SslContext> certificate;
  private final VisitorLimit limit;

  /** For the names of a relay. */
  public TlsEdge(
      Routes routes, HttpEdge http, Optional<SslContext> certificate, VisitorLimit limit) {
    this.limit = limit;
    this.routes = routes;
    this.http = http;
    this.certificate = certificate;
  }

  @Override
  protected void initChannel(SocketChannel visitor) {
    if (limit.admit(visitor) != Verdict.ADMITTED) {
      visitor.close();
      return;
    }
    visitor.pipeline().addLast(new ByServerName());
    visitor.config().setAutoRead(true);
  }

  private final class ByServerName extends AbstractSniHandler<Route> {

    @Override
    protected Future<Route> lookup(ChannelHandlerContext ctx, String name) {
      Optional<Route> route =
          Optional.ofNullable(name).map(text -> text.toLowerCase(Locale.ROOT)).flatMap(routes::of);
      return route.isPresent()
          ? ctx.executor().newSucceededFuture(route.get())
          : ctx.executor().newFailedFuture(new IllegalArgumentException("no such name"));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, String name, Future<Route> found) {
      if (!found.isSuccess()) {
        ctx.close();
      } else if (found.getNow().kind() == TunnelKind.TLS) {
        passThrough(ctx, found.getNow());
      } else if (certificate.isPresent()) {
        endTls(ctx, found.getNow(), certificate.get());
      } else {
        ctx.close();
      }
    }

    private void passThrough(ChannelHandlerContext ctx, Route route) {
      splice((SocketChannel) ctx.channel(), route);
      ctx.pipeline().remove(this);
    }

    private void splice(SocketChannel visitor, Route route) {
      visitor.config().setAutoRead(false);
      visitor.pipeline().addLast(new EarlyBytes());
      TcpEdge.lead(visitor, route);
    }

    private void endTls(ChannelHandlerContext ctx, Route route, SslContext context) {
      SocketChannel visitor = (SocketChannel) ctx.channel();
      visitor.pipeline().addLast(context.newHandler(ctx.alloc()));
      if (route.kind() == TunnelKind.HTTP) {
        http.serve(visitor.pipeline(), true);
      } else {
        splice(visitor, route);
      }
      visitor.pipeline().remove(this);
    }
  }
}
