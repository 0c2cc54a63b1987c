package dev.porthole.client.settings;

import java.util.List;
import java.util.Optional;

/**
 * The words of the command line, sorted and not yet understood.
 *
 * @param words destination and remote command, or the short form
 * @param remotes {@code -R}
 * @param locals {@code -L}
 * @param options {@code -o}
 * @param identities {@code -i}
 * @param port {@code -p}
 * @param login {@code -l} or {@code --user}
 * @param relay {@code --relay}
 * @param token {@code --token}
 * @param name {@code --name}
 * @param ciphers {@code -c}, with commas
 * @param ipv4 {@code -4}
 * @param ipv6 {@code -6}
 * @param compression {@code -C}
 * @param noSession {@code -N}
 */
public record Typed(
    List<String> words,
    List<String> remotes,
    List<String> locals,
    List<String> options,
    List<String> identities,
    Optional<String> port,
    Optional<String> login,
    Optional<String> relay,
    Optional<String> token,
    Optional<String> name,
    Optional<String> ciphers,
    boolean ipv4,
    boolean ipv6,
    boolean compression,
    boolean noSession) {

  @Override
  public String toString() {
    return "Typed[words=" + words.size() + "]"; // words may hold a token
  }
}
