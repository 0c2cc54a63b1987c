package dev.porthole.relay.config;

import dev.porthole.ssh.hostkey.HostKey;
import java.util.Optional;
import java.util.Set;

/**
 * Who may log in. With several rules, one that fits is enough.
 *
 * @param open everybody may
 * @param password a password for every user name
 * @param anyKey whoever owns any key
 * @param keys owners of these keys
 * @param tokens whoever says one of these words in the user name, or as the password
 */
public record Access(
    boolean open,
    Optional<String> password,
    boolean anyKey,
    Set<HostKey> keys,
    Set<String> tokens) {

  /** Copies. */
  public Access {
    keys = Set.copyOf(keys);
    tokens = Set.copyOf(tokens);
  }

  /** Whether a word of the user name is a token of this relay. */
  public boolean knows(Optional<String> token) {
    return token.filter(tokens::contains).isPresent();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "Access[open=" + open + "]";
  }
}
