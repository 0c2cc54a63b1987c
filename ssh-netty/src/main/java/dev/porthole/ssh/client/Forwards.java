package dev.porthole.ssh.client;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.GlobalRequests;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.TcpipOpen;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The remote forwards of one connection, by bind host <em>and</em> port (RFC 4254 section 7.1): two
 * forwards may share a port under different names. A channel for anything that was not granted is
 * refused. Confined to the loop.
 */
final class Forwards {
  private static final Logger LOGGER = LoggerFactory.getLogger(Forwards.class);

  private final GlobalRequests requests;
  private final Map<BindAddress, Consumer<TcpipOpen>> granted = new HashMap<>();

  Forwards(GlobalRequests requests) {
    this.requests = requests;
  }

  CompletableFuture<BindAddress> request(BindAddress wanted, Consumer<TcpipOpen> acceptor) {
    if (granted.containsKey(wanted)) {
      return CompletableFuture.failedFuture(
          new ForwardRefusedException("forward " + wanted + " stands already", null));
    }
    return requests
        .ask("tcpip-forward", packet -> put(packet, wanted))
        .thenCompose(
            reply -> {
              if (!reply.success()) {
                return refused("the server refused the forward " + wanted);
              }
              int port = wanted.port() == 0 ? chosenPort(reply.payload()) : wanted.port();
              if (port == 0) {
                return refused("the server granted the forward " + wanted + " without a port");
              }
              BindAddress given = wanted.withPort(port);
              granted.put(given, acceptor);
              return CompletableFuture.completedFuture(given);
            });
  }

  CompletableFuture<Void> cancel(BindAddress address) {
    return requests
        .ask("cancel-tcpip-forward", packet -> put(packet, address))
        .thenCompose(
            reply -> {
              granted.remove(address);
              return reply.success()
                  ? CompletableFuture.completedFuture(null)
                  : refused("the server knows no forward " + address);
            });
  }

  void onOpen(TcpipOpen open) {
    Consumer<TcpipOpen> acceptor = granted.get(open.address());
    if (acceptor == null) {
      LOGGER.atWarn().addKeyValue("forward", open.address().port()).log("channel nobody asked for");
      open.refuse(OpenFailure.ADMINISTRATIVELY_PROHIBITED, "no such forward");
    } else {
      acceptor.accept(open);
    }
  }

  /** 0 if the reply brings none (RFC 4254 section 7.1: uint32 when port 0 was asked for). */
  private static int chosenPort(Buffer payload) {
    long port = payload.available() >= 4 ? payload.getUInt() : 0;
    return port > 65535 ? 0 : (int) port;
  }

  private static void put(Buffer packet, BindAddress address) {
    packet.putString(address.host());
    packet.putUInt(address.port());
  }

  private static <T> CompletableFuture<T> refused(String message) {
    return CompletableFuture.failedFuture(new ForwardRefusedException(message, null));
  }
}
