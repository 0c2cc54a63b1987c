package dev.porthole.tunnel;

import java.nio.file.Path;
import java.util.List;

/**
 * How a relay's host key is judged. A key that changed is always refused, except by {@link
 * Mode#OFF}.
 *
 * @param mode what to do about an unknown key
 * @param knownHosts files in OpenSSH's format; the first one receives new keys
 */
public record HostKeyTrust(Mode mode, List<Path> knownHosts) {

  /** The meaning of {@code StrictHostKeyChecking}. */
  public enum Mode {
    /** Refuse what is not known. */
    STRICT,
    /** Remember a key at the first visit. */
    ACCEPT_NEW,
    /** Accept and remember a new key; accept a changed one with a warning (ssh's "no"). */
    OFF
  }

  /** Copies the list. */
  public HostKeyTrust {
    knownHosts = List.copyOf(knownHosts);
  }
}
