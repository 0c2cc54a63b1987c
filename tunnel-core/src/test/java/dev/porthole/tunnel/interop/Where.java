package dev.porthole.tunnel.interop;

import dev.porthole.tunnel.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Where a service listens on this machine, and how a user of ours names it. */
enum Where {
  IPV4("127.0.0.1", "localhost"),
  NAME("localhost", "localhost"),
  IPV6("::1", "localhost"),
  ANOTHER("127.0.0.2", "127.0.0.2");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What the service is told to bind to. */
  final String host;

  private final String named;

  Where(String host, String named) {
    this.host = host;
    this.named = named;
  }

  /** What the tunnel is told. */
  Target target(int port) {
    return Target.plain(named, port);
  }

  /** As in a URL. */
  String authority(int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Waits until something accepts connections there. */
  void awaitListening(int port) {
    Awaitility.await().atMost(LIMIT).until(() -> isListening(port));
  }

  private boolean isListening(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) LIMIT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
