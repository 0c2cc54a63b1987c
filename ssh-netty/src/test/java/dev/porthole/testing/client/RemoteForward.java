package dev.porthole.testing.client;

/**
 * What {@code -R} says.
 *
 * @param host where to bind, may be empty
 * @param port 0 lets the server choose
 * @param localPort the service, on 127.0.0.1
 */
public record RemoteForward(String host, int port, int localPort) {

  String openSshWord() {
    return (host.isEmpty() ? "" : host + ":") + port + ":127.0.0.1:" + localPort;
  }

  String scriptWord() {
    return host + "|" + port + "|" + localPort;
  }
}
