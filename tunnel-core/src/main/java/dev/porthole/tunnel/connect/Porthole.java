package dev.porthole.tunnel.connect;

import dev.porthole.tunnel.Tunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelListener;

/** The way in. */
public final class Porthole {
  private Porthole() {}

  /**
   * Opens a tunnel and returns at once; it connects on a thread of its own. Wait with {@link
   * Tunnel#ready()}, listen for the story.
   */
  public static Tunnel open(TunnelConfig config, TunnelListener listener) {
    SupervisedTunnel tunnel = new SupervisedTunnel(config, listener);
    tunnel.start();
    return tunnel;
  }
}
