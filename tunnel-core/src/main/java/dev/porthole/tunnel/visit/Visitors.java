package dev.porthole.tunnel.visit;

import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.splice.Splice;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Target;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The visitors of one connection: leads each to the local service of its forward. Confined to the
 * loop, except {@link #count}.
 */
public final class Visitors {
  /** More at once is refused, never queued. */
  private static final int MAX_VISITORS = 2048;

  private final EventLoop loop;
  private final LocalDialer dialer;
  private final TargetTls tls = new TargetTls();
  private final VisitListener listener;
  private final AtomicInteger count = new AtomicInteger();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean draining;
  private long lastToldNanos = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

  /**
   * For one connection.
   *
   * @param resolver runs name look-ups, which block
   */
  public Visitors(EventLoops loops, EventLoop loop, Executor resolver, VisitListener listener) {
    this.loop = loop;
    this.dialer = new LocalDialer(loops, loop, resolver);
    this.listener = listener;
  }

  /** Visitors being served now; on any thread. */
  public int count() {
    return count.get();
  }

  /** Refuses new visitors from now on; done when the last one has left. On any thread. */
  public CompletableFuture<Void> drain() {
    loop.execute(
        () -> {
          draining = true;
          finishDraining();
        });
    return drained;
  }

  /** A visitor arrives on a forward. */
  public void onOpen(TcpipOpen open, Forward forward) {
    if (draining) {
      open.refuse(OpenFailure.CONNECT_FAILED, "the tunnel is closing");
    } else if (count.get() >= MAX_VISITORS) {
      open.refuse(OpenFailure.RESOURCE_SHORTAGE, "too many visitors at once");
    } else {
      count.incrementAndGet();
      dialer
          .dial(forward.target(), tls)
          .addListener((Future<Channel> dialed) -> onDialed(open, forward, dialed));
    }
  }

  private void onDialed(TcpipOpen open, Forward forward, Future<Channel> dialed) {
    if (!dialed.isSuccess()) {
      absent(open, forward, dialed.cause());
    } else if (open.isPending()) {
      SshChannel visitor = accept(open, new ChannelInboundHandlerAdapter());
      Splice.join(visitor, (DuplexChannel) dialed.getNow());
    } else {
      dialed.getNow().close();
      left();
    }
  }

  private void absent(TcpipOpen open, Forward forward, Throwable cause) {
    Target target = forward.target();
    String reason = reason(cause);
    tell(target, open.originator().toString(), reason);
    if (!open.isPending()) {
      left();
    } else if (forward.kind() == Forward.Kind.HTTP || forward.kind() == Forward.Kind.ANY) {
      accept(open, new AbsentService(target, reason));
    } else {
      open.refuse(OpenFailure.CONNECT_FAILED, "local service not there");
      left();
    }
  }

  private SshChannel accept(TcpipOpen open, ChannelHandler handler) {
    SshChannel visitor = open.accept(handler);
    visitor.closeFuture().addListener(closed -> left());
    return visitor;
  }

  private void left() {
    count.decrementAndGet();
    finishDraining();
  }

  private void finishDraining() {
    if (draining && count.get() == 0) {
      drained.complete(null);
    }
  }

  private void tell(Target target, String visitor, String reason) {
    long now = System.nanoTime();
    if (now - lastToldNanos >= TimeUnit.SECONDS.toNanos(1)) {
      lastToldNanos = now;
      listener.onVisitFailed(target, visitor, reason);
    }
  }

  /** In our own words: the JDK's and Netty's texts differ by platform and repeat the address. */
  private static String reason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "the name has no address";
    }
    String text = String.valueOf(cause.getMessage());
    if (text.contains("refused")) {
      return "connection refused";
    }
    return text.startsWith("no answer") ? text : "it cannot be reached";
  }
}
