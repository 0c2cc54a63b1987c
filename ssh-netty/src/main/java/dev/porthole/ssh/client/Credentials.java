package dev.porthole.ssh.client;

import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a client can prove. Methods are tried in the order of RFC 4252: {@code none} always first,
 * then public keys (agent, then files), keyboard-interactive, password.
 *
 * @param keys key pairs read from files, in the order to try
 * @param agentSocket UNIX socket of an ssh-agent
 * @param password asked for only when the server wants one, at most once per connection; called on
 *     the event loop and so must not block: ask the user before connecting. An empty answer skips
 *     the method
 */
public record Credentials(
    List<KeyPair> keys, Optional<Path> agentSocket, Supplier<Optional<String>> password) {

  /** Copies the list. */
  public Credentials {
    keys = List.copyOf(keys);
  }

  /** Nothing at all: the server has to accept {@code none}. */
  public static Credentials none() {
    return new Credentials(List.of(), Optional.empty(), Optional::empty);
  }

  @Override
  public String toString() {
    return "Credentials[keys=" + keys.size() + ", agent=" + agentSocket.isPresent() + "]";
  }
}
