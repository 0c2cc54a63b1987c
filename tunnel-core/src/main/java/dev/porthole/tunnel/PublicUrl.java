package dev.porthole.tunnel;

import java.net.URI;

/**
 * An address the world can visit.
 *
 * @param uri scheme {@code http}, {@code https}, {@code tcp}, {@code tls} or {@code udp}; an LDH
 *     host or an IP address; nothing a terminal could mistake for a command
 */
public record PublicUrl(URI uri) {

  @Override
  public String toString() {
    return uri.toString();
  }
}
