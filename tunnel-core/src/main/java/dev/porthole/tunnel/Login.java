package dev.porthole.tunnel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who we are to the relay. Secrets are asked for when needed and appear in no {@code toString}.
 *
 * @param identities private key files, in the order to try; a missing default file is no error
 * @param agentSocket UNIX socket of an ssh-agent
 * @param secrets answers {@link Question}s, on the tunnel's own thread, where it may block (and ask
 *     the user); empty means "not known"
 */
public record Login(
    List<Path> identities,
    Optional<Path> agentSocket,
    Function<Question, Optional<String>> secrets) {

  /** Something only the user knows. */
  public sealed interface Question {
    /** The passphrase of a private key file. */
    record Passphrase(Path file) implements Question {}

    /** The password of a user at a relay. */
    record Password(String user, String relay) implements Question {}
  }

  /** Copies the list. */
  public Login {
    identities = List.copyOf(identities);
  }

  /** No keys, no agent, nothing known: enough for a relay that accepts anyone. */
  public static Login anonymous() {
    return new Login(List.of(), Optional.empty(), question -> Optional.empty());
  }

  @Override
  public String toString() {
    return "Login[identities=" + identities + ", agentSocket=" + agentSocket + "]";
  }
}
