package dev.porthole.relay.tcp;

import dev.porthole.relay.config.RelayConfig.PortRange;
import dev.porthole.relay.limit.VisitorLimit;
import dev.porthole.relay.limit.VisitorLimit.Verdict;
import dev.porthole.relay.route.Route;
import dev.porthole.ssh.splice.EarlyBytes;
import dev.porthole.ssh.splice.Splice;
import dev.porthole.ssh.transport.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Opens a public TCP port for each TCP tunnel and splices its visitors through. */
public final class TcpEdge {
  private static final int TRIES = 16;

  private final EventLoops loops;
  private final String bind;
  private final PortRange ports;
  private final VisitorLimit limit;

  /** Ports are opened on one address. */
  public TcpEdge(EventLoops loops, String bind, PortRange ports, VisitorLimit limit) {
    this.limit = limit;
    this.loops = loops;
    this.bind = bind;
    this.ports = ports;
  }

  /**
   * Listens; fulfilled on the loop, fails with an {@link IOException} that is a whole sentence.
   *
   * @param port 0 takes any that is allowed and free
   * @param route asked for at each visitor
   */
  public CompletableFuture<Channel> listen(int port, Supplier<Route> route) {
    if (port != 0 && !ports.contains(port)) {
      return CompletableFuture.failedFuture(
          new IOException(
              "Port %d is not allowed here; allowed are %d to %d."
                  .formatted(port, ports.first(), ports.last())));
    }
    ChannelHandler visitors = new Visitors(route);
    return port != 0 ? bind(port, visitors) : bindAny(visitors, ports.isAll() ? 1 : TRIES);
  }

  private CompletableFuture<Channel> bindAny(ChannelHandler visitors, int tries) {
    int port =
        ports.isAll() ? 0 : ThreadLocalRandom.current().nextInt(ports.first(), ports.last() + 1);
    return bind(port, visitors)
        .exceptionallyCompose(
            failure ->
                tries > 1
                    ? bindAny(visitors, tries - 1)
                    : CompletableFuture.failedFuture(new IOException("No port is free.", failure)));
  }

  private CompletableFuture<Channel> bind(int port, ChannelHandler visitors) {
    CompletableFuture<Channel> bound = new CompletableFuture<>();
    loops
        .listener()
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(visitors)
        .bind(new InetSocketAddress(bind, port))
        .addListener(
            (ChannelFuture done) -> {
              if (done.isSuccess()) {
                bound.complete(done.channel());
              } else {
                bound.completeExceptionally(
                    new IOException("Port " + port + " is in use or not ours.", done.cause()));
              }
            });
    return bound;
  }

  /**
   * Leads one visitor through, once the client's options are known and let it pass; until then
   * {@link EarlyBytes} in its pipeline keeps what it says.
   */
  static void lead(SocketChannel visitor, Route route) {
    route
        .policies()
        .thenCompose(
            options ->
                options.allows(visitor.remoteAddress())
                    ? route.open(visitor.remoteAddress(), new ChannelInboundHandlerAdapter())
                    : CompletableFuture.failedFuture(new IOException("address not allowed")))
        .whenComplete(
            (channel, refusal) -> {
              if (refusal == null) {
                Splice.join(visitor, channel);
              } else {
                visitor.close();
              }
            });
  }

  private final class Visitors extends ChannelInitializer<DuplexChannel> {
    private final Supplier<Route> route;

    private Visitors(Supplier<Route> route) {
      this.route = route;
    }

    @Override
    protected void initChannel(DuplexChannel visitor) {
      visitor.pipeline().addLast(new EarlyBytes());
      // Registered, but not active yet: the address is known a moment later.
      visitor.eventLoop().execute(() -> admit((SocketChannel) visitor));
    }

    private void admit(SocketChannel visitor) {
      if (limit.admit(visitor) == Verdict.ADMITTED) {
        lead(visitor, route.get());
      } else {
        visitor.close();
      }
    }
  }
}
