package dev.porthole.client.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Pinggy's user names: words joined by {@code +}; what is no keyword is the token. */
final class UserWords {
  private static final Set<String> KEYWORDS =
      Set.of("http", "tcp", "tls", "tlstcp", "udp", "qr", "aqr", "force", "auth");

  private UserWords() {}

  /** Whether a word that is no keyword stands there. */
  static boolean holdToken(String user) {
    return Arrays.stream(user.split("\\+", -1))
        .anyMatch(word -> !word.isEmpty() && !KEYWORDS.contains(word.toLowerCase(Locale.ROOT)));
  }
}
