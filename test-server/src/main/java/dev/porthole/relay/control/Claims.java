package dev.porthole.relay.control;

import dev.porthole.ssh.channel.BindAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which public name or port. Whoever proves to be the same as its holder takes it over: a
 * client that comes back must not wait until its own lost connection is noticed. Confined to the
 * loop.
 */
final class Claims {
  private final Map<String, Claim> claims = new HashMap<>();

  /**
   * A place that is held.
   *
   * @param client its holder
   * @param bound the holder's forward
   * @param owner what the holder proved; empty: nothing, so nobody is the same
   */
  record Claim(TunnelClient client, BindAddress bound, Optional<String> owner) {

    private boolean isOf(TunnelClient other, Optional<String> who) {
      return client != other && owner.isPresent() && owner.equals(who);
    }
  }

  /** The name of a port among the places; no host name looks like it. */
  static String port(int port) {
    return "port " + port;
  }

  void add(String place, Claim claim) {
    claims.put(place, claim);
  }

  void remove(String place, Claim claim) {
    claims.remove(place, claim);
  }

  /**
   * Takes a place from another connection of the same owner, alive or not; false if not held so.
   */
  boolean takeOver(String place, TunnelClient client, Optional<String> owner) {
    Claim held = claims.get(place);
    if (held == null || !held.isOf(client, owner)) {
      return false;
    }
    held.client().loses(held.bound());
    return true;
  }

  /** The same, but leaves a holder alone that gave a sign of life lately. */
  boolean takeOverFromSilent(String place, TunnelClient client, Optional<String> owner) {
    Claim held = claims.get(place);
    return held != null && held.client().isSilent() && takeOver(place, client, owner);
  }
}
