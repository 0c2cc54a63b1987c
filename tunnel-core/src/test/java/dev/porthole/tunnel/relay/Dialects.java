package dev.porthole.tunnel.relay;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TunnelConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Shorthand of the tests about dialects. */
final class Dialects {
  private Dialects() {}

  static Forward forward(Forward.Kind kind, String bindHost, int bindPort) {
    return new Forward(kind, bindHost, bindPort, Target.plain("localhost", 8000));
  }

  static TunnelConfig.Builder config(String user) {
    return TunnelConfig.builder(new HostPort("relay.example.com", 22)).user(user);
  }

  static TunnelConfig.Builder config(String user, Forward.Kind kind) {
    return config(user).forward(forward(kind, "", 0));
  }

  /** The URLs a dialect finds in what a session said, as the tunnel finds them. */
  static List<String> urls(RelayDialect dialect, String said) {
    return new SessionLines()
        .add(ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8))).stream()
            .map(dialect::urlIn)
            .flatMap(Optional::stream)
            .map(Object::toString)
            .toList();
  }
}
