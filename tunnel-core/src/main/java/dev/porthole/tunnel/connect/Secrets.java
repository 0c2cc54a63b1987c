package dev.porthole.tunnel.connect;

import dev.porthole.ssh.auth.KeyFileException;
import dev.porthole.ssh.auth.KeyFileException.Problem;
import dev.porthole.ssh.auth.KeyFiles;
import dev.porthole.ssh.client.Credentials;
import dev.porthole.tunnel.Login;
import dev.porthole.tunnel.Login.Question;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What we can prove, read when first needed and kept for the tunnel's life, so that a reconnect
 * asks nobody again. The user is asked for passphrases and a password only when the relay wants
 * more than what is at hand. Confined to the tunnel's thread.
 */
final class Secrets {
  private final Login login;
  private final Consumer<TunnelEvent> events;
  private final List<KeyPair> keys = new ArrayList<>();
  private final Deque<Path> locked = new ArrayDeque<>();
  private Optional<KeyFileException> problem = Optional.empty();
  private Optional<String> password = Optional.empty();
  private boolean read;

  Secrets(Login login, Consumer<TunnelEvent> events) {
    this.login = login;
    this.events = events;
  }

  /** Keys that are open, the agent, and a password if it was asked for before. */
  Credentials credentials() {
    if (!read) {
      read = true;
      login.identities().forEach(this::readOpen);
    }
    Optional<String> known = password;
    return new Credentials(keys, login.agentSocket(), () -> known);
  }

  private void readOpen(Path file) {
    try {
      keys.addAll(KeyFiles.load(file, Optional::empty));
    } catch (KeyFileException e) {
      if (e.problem() == Problem.LOCKED) {
        locked.add(file);
      } else {
        problem = Optional.of(e);
        events.accept(new TunnelEvent.Warning(String.valueOf(e.getMessage())));
      }
    }
  }

  /** The relay wants more: opens the next key that has a passphrase; false if there is none. */
  boolean unlock() {
    while (!locked.isEmpty()) {
      Path file = locked.remove();
      try {
        return keys.addAll(
            KeyFiles.load(file, () -> login.secrets().apply(new Question.Passphrase(file))));
      } catch (KeyFileException e) {
        problem = Optional.of(e);
        events.accept(new TunnelEvent.Warning(String.valueOf(e.getMessage())));
      }
    }
    return false;
  }

  /** The relay wants a password: asks for one, once; false if nobody knows it. */
  boolean askPassword(String user, String relay) {
    if (password.isPresent()) {
      return false;
    }
    password = login.secrets().apply(new Question.Password(user, relay));
    return password.isPresent();
  }

  /** What the user reads when all that was no use: the only key's fault, if it has one. */
  TunnelException explain(TunnelException refused) {
    boolean onlyKey = login.identities().size() == 1 && keys.isEmpty();
    return problem.filter(fault -> onlyKey).map(Failures::keyUnusable).orElse(refused);
  }
}
