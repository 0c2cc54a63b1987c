package dev.porthole.tunnel.connect;

import dev.porthole.ssh.client.Dialer;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.ssh.transport.TransportOptions;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.TunnelConfig.Family;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.dial.AddressRace;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** TCP to the relay: its addresses, in turn by family, raced (RFC 8305). */
final class RelayDialer implements Dialer {
  private final EventLoops loops;
  private final HostPort relay;
  private final List<InetSocketAddress> addresses;
  private final Duration limit;

  private RelayDialer(
      EventLoops loops, HostPort relay, List<InetSocketAddress> addresses, Duration limit) {
    this.loops = loops;
    this.relay = relay;
    this.addresses = addresses;
    this.limit = limit;
  }

  /** Looks the name up, anew for each attempt; blocks. */
  static RelayDialer resolve(EventLoops loops, HostPort relay, Family family, Duration limit)
      throws TunnelException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    try {
      for (InetAddress address : interleaved(InetAddress.getAllByName(relay.host()))) {
        if (fits(address, family)) {
          addresses.add(new InetSocketAddress(address, relay.port()));
        }
      }
    } catch (UnknownHostException e) {
      throw Failures.nameNotResolved(relay, e);
    }
    if (addresses.isEmpty()) {
      throw Failures.noAddressOfFamily(relay, family);
    }
    return new RelayDialer(loops, relay, addresses, limit);
  }

  private static boolean fits(InetAddress address, Family family) {
    boolean ipv4 = address instanceof Inet4Address;
    return family == Family.ANY || (family == Family.IPV4) == ipv4;
  }

  /** Families alternate, so that one that is dead costs one delay only (RFC 8305 section 4). */
  static List<InetAddress> interleaved(InetAddress[] all) {
    List<InetAddress> first = new ArrayList<>();
    List<InetAddress> second = new ArrayList<>();
    boolean firstIsIpv4 = all[0] instanceof Inet4Address;
    for (InetAddress address : all) {
      ((address instanceof Inet4Address) == firstIsIpv4 ? first : second).add(address);
    }
    List<InetAddress> mixed = new ArrayList<>(all.length);
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      if (i < first.size()) {
        mixed.add(first.get(i));
      }
      if (i < second.size()) {
        mixed.add(second.get(i));
      }
    }
    return mixed;
  }

  @Override
  public Future<Channel> dial(EventLoop loop, ChannelHandler transport) {
    Bootstrap bootstrap =
        TransportOptions.apply(new Bootstrap())
            .channel(loops.socketChannel())
            .handler(new ChannelInboundHandlerAdapter());
    Promise<Channel> winner = AddressRace.start(bootstrap, addresses, loop, limit.toMillis());
    Promise<Channel> ready = loop.newPromise();
    winner.addListener(
        (Future<Channel> done) -> {
          if (done.isSuccess()) {
            done.getNow().pipeline().addLast(transport);
            ready.setSuccess(done.getNow());
          } else {
            ready.setFailure(done.cause());
          }
        });
    return ready;
  }

  @Override
  public String describe() {
    return relay.toString();
  }
}
