package dev.porthole.tunnel.connect;

import dev.porthole.ssh.client.SshConnector;
import dev.porthole.tunnel.Tunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelListener;

/** The way in. */
public final class Porthole {
  private Porthole() {}

  /**
   * Loads ahead of time what the first tunnel of a JVM needs, on a thread of its own; returns at
   * once. Worth calling while there is something else to do, as reading a command line; a tunnel
   * that opens meanwhile waits for the rest of it.
   */
  public static void prepare() {
    Thread thread = new Thread(SshConnector::prepare, "porthole-prepare");
    thread.setDaemon(true);
    thread.start();
  }

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
