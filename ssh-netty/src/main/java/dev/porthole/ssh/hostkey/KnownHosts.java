package dev.porthole.ssh.hostkey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenSSH's known_hosts files as they were when read: plain and hashed names, patterns, ports,
 * {@code @revoked}. Lines that make no sense are skipped, like ssh does. Immutable.
 */
final class KnownHosts {
  private static final Logger LOGGER = LoggerFactory.getLogger(KnownHosts.class);
  private static final String REVOKED = "revoked";
  private static final String AUTHORITY = "cert-authority";

  /** A line with another marker means something we do not know, so it vouches for nobody. */
  private static final Set<String> MARKERS = Set.of("", REVOKED, AUTHORITY);

  private final List<Line> lines;

  private KnownHosts(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** One usable line, with where it stands. */
  record Line(KnownHostEntry entry, PublicKey key, Path file, int number) {
    boolean isRevoked() {
      return marker(entry).equals(REVOKED);
    }

    boolean isAuthority() {
      return marker(entry).equals(AUTHORITY);
    }

    String place() {
      return file + ", line " + number;
    }
  }

  /** Reads files; one that does not exist is empty. Blocks. */
  static KnownHosts read(List<Path> files) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path file : files) {
      if (Files.exists(file)) {
        int number = 0;
        for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
          number++;
          addUsable(lines, text.strip(), file, number);
        }
      }
    }
    return new KnownHosts(lines);
  }

  private static String marker(KnownHostEntry entry) {
    return entry.getMarker() == null ? "" : entry.getMarker();
  }

  private static void addUsable(List<Line> lines, String text, Path file, int number) {
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    try {
      KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(text);
      PublicKey key = entry.getKeyEntry().resolvePublicKey(null, null);
      if (key != null && MARKERS.contains(marker(entry))) {
        lines.add(new Line(entry, key, file, number));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // MINA's parser throws what it likes; a line that cannot be read knows no host.
      LOGGER.atDebug().addKeyValue("line", number).log("known_hosts line skipped");
    }
  }

  /** The lines about a host, without those of certificate authorities: we take no certificates. */
  List<Line> about(String host, int port) {
    return lines.stream()
        .filter(line -> !line.isAuthority() && line.entry().isHostMatch(host, port))
        .toList();
  }

  /** How a host is written in such a file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
  static String name(String host, int port) {
    return port == 22 ? host : "[" + host + "]:" + port;
  }
}
