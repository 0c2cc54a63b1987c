package dev.porthole.tunnel;

/**
 * Hears what happens to a tunnel. Called on the tunnel's own thread, one event at a time, in order;
 * a listener that is slow delays the tunnel's next step but no visitor, and one that throws is
 * logged and called again for the next event.
 */
@FunctionalInterface
public interface TunnelListener {

  /** Something happened. */
  void onEvent(TunnelEvent event);
}
