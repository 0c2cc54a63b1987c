package dev.porthole.ssh.hostkey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges one server's key by known_hosts and by built-in pins. The files are read when this is
 * made; {@link #verify} does no I/O; {@link #remember} writes a key accepted for the first time.
 */
public final class KnownHostsCheck implements HostKeyCheck {
  private final Strictness strictness;
  private final List<Path> files;
  private final String host;
  private final int port;
  private final List<KnownHosts.Line> known;
  private volatile @Nullable HostKey newKey;
  private volatile @Nullable String warning;

  /** What to do about keys that are not known. */
  public enum Strictness {
    /** Refuse. */
    STRICT,
    /** Accept and remember at the first visit. */
    ACCEPT_NEW,
    /** As ACCEPT_NEW, and accept a changed key with a warning, never remembering it. */
    OFF
  }

  private KnownHostsCheck(
      Strictness strictness, List<Path> files, String host, int port, KnownHosts hosts) {
    this.strictness = strictness;
    this.files = List.copyOf(files);
    this.host = host;
    this.port = port;
    this.known = hosts.about(host, port);
  }

  /**
   * Reads the files; blocks.
   *
   * @param files the first one receives new keys; none: nothing is remembered
   */
  public static KnownHostsCheck read(Strictness strictness, List<Path> files, String host, int port)
      throws IOException {
    return new KnownHostsCheck(strictness, files, host, port, KnownHosts.read(files));
  }

  @Override
  public List<String> knownTypes() {
    return known.stream()
        .filter(line -> !line.isRevoked())
        .map(line -> HostKey.of(line.key()).type())
        .distinct()
        .toList();
  }

  @Override
  public void verify(HostKey offered) throws HostKeyRejectedException {
    List<KnownHosts.Line> same =
        known.stream().filter(line -> HostKey.of(line.key()).equals(offered)).toList();
    Optional<KnownHosts.Line> revoked =
        same.stream().filter(KnownHosts.Line::isRevoked).findFirst();
    if (revoked.isPresent()) {
      throw new HostKeyRejectedException(
          Texts.revoked(host, offered, revoked.get()), offered, true);
    }
    if (!same.isEmpty()) {
      return;
    }
    List<KnownHosts.Line> others = known.stream().filter(line -> !line.isRevoked()).toList();
    if (!others.isEmpty()) {
      changed(Texts.changed(host, port, offered, others.get(0), consequence()), offered);
    } else if (Pins.pinned(host).isPresent()) {
      pinned(offered, Pins.pinned(host).get());
    } else if (strictness == Strictness.STRICT) {
      throw new HostKeyRejectedException(Texts.unknown(host, port, offered), offered, false);
    } else {
      newKey = offered;
    }
  }

  private void pinned(HostKey offered, String fingerprint) throws HostKeyRejectedException {
    if (!offered.fingerprint().equals(fingerprint)) {
      changed(Texts.notPinned(host, offered, fingerprint, consequence()), offered);
    }
  }

  private String consequence() {
    return strictness == Strictness.OFF ? Texts.USED : Texts.NOTHING_SENT;
  }

  private void changed(String text, HostKey offered) throws HostKeyRejectedException {
    if (strictness != Strictness.OFF) {
      throw new HostKeyRejectedException(text, offered, true);
    }
    warning = text;
  }

  /** What the user should read although the key was accepted. */
  public Optional<String> warning() {
    return Optional.ofNullable(warning);
  }

  /**
   * Writes the key that was accepted for the first time; blocks. Empty if there is none, or no file
   * to write to.
   */
  public Optional<Path> remember() throws IOException {
    HostKey key = newKey;
    newKey = null;
    if (key == null || files.isEmpty() || files.get(0).toString().equals("/dev/null")) {
      return Optional.empty();
    }
    KnownHostsFile.append(files.get(0), KnownHosts.name(host, port), key);
    return Optional.of(files.get(0));
  }
}
