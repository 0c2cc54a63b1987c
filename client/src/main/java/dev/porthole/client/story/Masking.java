package dev.porthole.client.story;

import dev.porthole.tunnel.TunnelConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes tokens out of texts. A token is sent as part of the user name, so user names and refusals
 * can hold it.
 */
final class Masking {
  private static final String MASK = "***";
  private static final int SHORTEST_SECRET = 4;
  private static final Set<String> KEYWORDS =
      Set.of("http", "tcp", "tls", "tlstcp", "udp", "qr", "aqr", "force", "auth", "free");

  private final List<String> secrets;

  private Masking(List<String> secrets) {
    this.secrets = secrets;
  }

  /** The token, and what stands in its place in a user name as Pinggy reads it. */
  static Masking of(TunnelConfig config) {
    List<String> secrets = new ArrayList<>();
    config.token().ifPresent(secrets::add);
    String host = config.relay().host().toLowerCase(Locale.ROOT);
    String user = config.user();
    if (user.contains("+") || host.equals("pinggy.io") || host.endsWith(".pinggy.io")) {
      for (String word : user.split("\\+", -1)) {
        boolean keyword = KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
        if (word.length() >= SHORTEST_SECRET && !keyword) {
          secrets.add(word);
        }
      }
    }
    secrets.removeIf(String::isEmpty);
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    return new Masking(List.copyOf(secrets));
  }

  String apply(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, MASK);
    }
    return masked;
  }
}
