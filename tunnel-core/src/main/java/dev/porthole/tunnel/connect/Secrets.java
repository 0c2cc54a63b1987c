package dev.porthole.tunnel.connect;

import dev.porthole.ssh.auth.KeyFileException;
import dev.porthole.ssh.auth.KeyFiles;
import dev.porthole.ssh.client.Credentials;
import dev.porthole.tunnel.Login;
import dev.porthole.tunnel.Login.Question;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What we can prove, read when first needed and kept for the tunnel's life, so that a reconnect
 * asks nobody again. Confined to the tunnel's thread.
 */
final class Secrets {
  private final Login login;
  private final Consumer<TunnelEvent> events;
  private Optional<List<KeyPair>> keys = Optional.empty();
  private Optional<String> password = Optional.empty();

  Secrets(Login login, Consumer<TunnelEvent> events) {
    this.login = login;
    this.events = events;
  }

  /** Keys, agent, and a password if it was asked for before. */
  Credentials credentials() throws TunnelException {
    if (keys.isEmpty()) {
      keys = Optional.of(readKeys());
    }
    Optional<String> known = password;
    return new Credentials(keys.get(), login.agentSocket(), () -> known);
  }

  /** The relay wants a password: asks for one; false if nobody knows it. */
  boolean askPassword(String user, String relay) {
    password = login.secrets().apply(new Question.Password(user, relay));
    return password.isPresent();
  }

  private List<KeyPair> readKeys() throws TunnelException {
    List<KeyPair> read = new ArrayList<>();
    for (Path file : login.identities()) {
      try {
        read.addAll(
            KeyFiles.load(file, () -> login.secrets().apply(new Question.Passphrase(file))));
      } catch (KeyFileException e) {
        if (login.identities().size() == 1) {
          throw new TunnelException.AuthenticationRefused(String.valueOf(e.getMessage()), e);
        }
        events.accept(new TunnelEvent.Warning(String.valueOf(e.getMessage())));
      }
    }
    return read;
  }
}
