package dev.porthole.ssh.hostkey;

import java.util.List;

/**
 * Decides whether a server's key is the right one. Called on an event loop in the middle of a key
 * exchange: must not block, so files are read before the connect begins.
 */
public interface HostKeyCheck {

  /** Accepts by returning. Called again for each later key exchange of the same connection. */
  void verify(HostKey key) throws HostKeyRejectedException;

  /**
   * Key types already known for this server, most wanted first; the client offers these first, so
   * that a server's second key is not taken for an attack. Empty when nothing is known.
   */
  List<String> knownTypes();
}
