package dev.porthole.relay.control;

import dev.porthole.relay.config.Limits;
import dev.porthole.relay.limit.FailedLogins;
import dev.porthole.relay.limit.PerAddress;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which SSH connections are let in to try a login. Confined to the loop. */
final class Door {
  private final PerAddress connections;
  private final PerAddress strangers;
  private final FailedLogins failed;
  private final Set<InetSocketAddress> notLoggedIn = new HashSet<>();
  private final Set<InetSocketAddress> refused = new HashSet<>();

  Door(Limits limits) {
    connections = new PerAddress(limits.clientsPerAddress());
    strangers = new PerAddress(limits.strangersPerAddress());
    failed = new FailedLogins(limits.failedLoginsPerAddress(), System::nanoTime);
  }

  /** A sentence for who stays outside; everybody else is counted until the connection is closed. */
  Optional<String> enter(Channel connection) {
    if (!(connection.remoteAddress() instanceof InetSocketAddress remote)) {
      return Optional.of("Gone already.");
    }
    InetAddress address = remote.getAddress();
    if (failed.isTooMany(address)) {
      return Optional.of("Too many failed logins from your address; wait a minute.");
    }
    if (connections.isFull(address)) {
      return Optional.of("Too many connections from your address.");
    }
    if (strangers.isFull(address)) {
      return Optional.of("Too many connections from your address that are not logged in.");
    }
    connections.enter(address);
    strangers.enter(address);
    notLoggedIn.add(remote);
    connection.closeFuture().addListener(closed -> leave(remote));
    return Optional.empty();
  }

  private void leave(InetSocketAddress remote) {
    if (refused.contains(remote)) {
      failed.add(remote.getAddress());
    }
    connections.leave(remote.getAddress());
    loggedIn(remote);
  }

  void loggedIn(InetSocketAddress remote) {
    refused.remove(remote);
    if (notLoggedIn.remove(remote)) {
      strangers.leave(remote.getAddress());
    }
  }

  /** A user name or a key was refused: usual on the way in, a failure if nothing better follows. */
  void refused(InetSocketAddress remote) {
    refused.add(remote);
  }

  /** A secret was wrong. */
  void failed(InetSocketAddress remote) {
    failed.add(remote.getAddress());
  }
}
