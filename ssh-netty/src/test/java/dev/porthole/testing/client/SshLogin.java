package dev.porthole.testing.client;

import dev.porthole.testing.SshKey;
import java.util.Optional;

/**
 * Where to log in and as whom.
 *
 * @param port of the server, on 127.0.0.1
 * @param key a key without passphrase
 * @param keepaliveSeconds 0 for none
 * @param local what {@code -L} says, if anything: {@code PORT:HOST:PORT}
 */
public record SshLogin(
    int port,
    String user,
    Optional<SshKey> key,
    Optional<String> password,
    int keepaliveSeconds,
    Optional<String> local) {

  /** With nothing to prove. */
  public static SshLogin anonymous(int port, String user) {
    return new SshLogin(port, user, Optional.empty(), Optional.empty(), 0, Optional.empty());
  }

  /** With a key. */
  public static SshLogin withKey(int port, String user, SshKey key) {
    return new SshLogin(port, user, Optional.of(key), Optional.empty(), 0, Optional.empty());
  }

  /** With a password. */
  public static SshLogin withPassword(int port, String user, String password) {
    return new SshLogin(port, user, Optional.empty(), Optional.of(password), 0, Optional.empty());
  }

  /** The same, with keepalives. */
  public SshLogin keepalive(int seconds) {
    return new SshLogin(port, user, key, password, seconds, local);
  }

  /** The same, with a way from a port of 127.0.0.1 to an address the server knows. */
  public SshLogin local(int from, String host, int to) {
    String word = from + ":" + host + ":" + to;
    return new SshLogin(port, user, key, password, keepaliveSeconds, Optional.of(word));
  }

  String address() {
    return user.isEmpty() ? "127.0.0.1" : user + "@127.0.0.1";
  }
}
