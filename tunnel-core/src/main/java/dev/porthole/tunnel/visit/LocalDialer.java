package dev.porthole.tunnel.visit;

import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.dial.AddressRace;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Connects to local services. {@code localhost} means 127.0.0.1 and ::1, raced; whichever answered
 * last time is tried first. Confined to the loop; only names are looked up elsewhere.
 */
final class LocalDialer {
  /** A local service that takes longer to accept is not there. */
  static final long LIMIT_MILLIS = 5_000;

  private static final int READ_BYTES = 32 * 1024;

  private final EventLoops loops;
  private final EventLoop loop;
  private final Executor resolver;
  private final Map<HostPort, InetAddress> lastAnswer = new HashMap<>();

  /**
   * A dialer for the visitors of one connection.
   *
   * @param resolver runs name look-ups, which block
   */
  LocalDialer(EventLoops loops, EventLoop loop, Executor resolver) {
    this.loops = loops;
    this.loop = loop;
    this.resolver = resolver;
  }

  /** Connects; the channel comes with {@code autoRead} off and half-closure on. */
  Promise<Channel> dial(Target target, TargetTls tls) {
    Promise<Channel> dialed = loop.newPromise();
    resolve(target.address())
        .addListener(
            (Future<List<InetAddress>> resolved) -> {
              if (resolved.isSuccess()) {
                race(target, tls, resolved.getNow(), dialed);
              } else {
                dialed.setFailure(resolved.cause());
              }
            });
    return dialed;
  }

  private void race(
      Target target, TargetTls tls, List<InetAddress> addresses, Promise<Channel> dialed) {
    HostPort address = target.address();
    List<InetSocketAddress> tries = new ArrayList<>(addresses.size());
    addresses.forEach(each -> tries.add(new InetSocketAddress(each, address.port())));
    AddressRace.start(bootstrap(target, tls), tries, loop, LIMIT_MILLIS)
        .addListener(
            (Future<Channel> done) -> {
              if (done.isSuccess()) {
                Channel channel = done.getNow();
                lastAnswer.put(address, ((InetSocketAddress) channel.remoteAddress()).getAddress());
                dialed.setSuccess(channel);
              } else {
                dialed.setFailure(done.cause());
              }
            });
  }

  private Bootstrap bootstrap(Target target, TargetTls tls) {
    return new Bootstrap()
        .channel(loops.socketChannel())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (target.tls()) {
                  channel.pipeline().addLast(tls.newHandler(channel.alloc(), target.address()));
                }
              }
            });
  }

  /** The addresses of a target, in the order to try. */
  Future<List<InetAddress>> resolve(HostPort address) {
    Promise<List<InetAddress>> resolved = loop.newPromise();
    String host = address.host();
    if (host.equalsIgnoreCase("localhost")) {
      return resolved.setSuccess(preferred(address, loopback()));
    }
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    if (literal != null) {
      return resolved.setSuccess(List.of(byAddress(literal)));
    }
    try {
      resolver.execute(() -> lookUp(host, resolved));
    } catch (RejectedExecutionException e) { // the tunnel is closing
      resolved.setFailure(new UnknownHostException(host));
    }
    return resolved;
  }

  private static void lookUp(String host, Promise<List<InetAddress>> resolved) {
    try {
      resolved.setSuccess(Arrays.asList(InetAddress.getAllByName(host)));
    } catch (UnknownHostException e) {
      resolved.setFailure(e);
    }
  }

  private List<InetAddress> preferred(HostPort address, List<InetAddress> all) {
    InetAddress last = lastAnswer.get(address);
    return last != null && !last.equals(all.get(0)) ? List.of(all.get(1), all.get(0)) : all;
  }

  private static List<InetAddress> loopback() {
    return List.of(
        byAddress(new byte[] {127, 0, 0, 1}),
        byAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  }

  private static InetAddress byAddress(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of " + address.length + " bytes", e);
    }
  }
}
