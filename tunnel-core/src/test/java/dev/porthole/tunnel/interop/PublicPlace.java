package dev.porthole.tunnel.interop;

import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;

/**
 * Where visitors go.
 *
 * @param host the address to connect to
 * @param port the port to connect to
 * @param authority what an HTTP visitor says in its Host header
 */
record PublicPlace(String host, int port, String authority) {

  /** A TCP port, which serves whatever the Host header says. */
  static PublicPlace tcp(int port) {
    return new PublicPlace("127.0.0.1", port, "127.0.0.1:" + port);
  }

  /** A visitor's connection; its reads give up after a minute. */
  Socket connect() throws IOException {
    return Visitor.connect(host, port);
  }
}
