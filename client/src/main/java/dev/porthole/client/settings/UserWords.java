package dev.porthole.client.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Pinggy's user names: words joined by {@code +}; what is no keyword is the token. */
final class UserWords {
  private static final Set<String> KEYWORDS =
      Set.of("http", "tcp", "tls", "tlstcp", "udp", "qr", "aqr", "force", "auth");

  private UserWords() {}

  /** Whether a word that is no keyword stands in a user name of Pinggy's form. */
  static boolean holdToken(String user, String relay) {
    String host = relay.toLowerCase(Locale.ROOT);
    boolean pinggy = host.equals("pinggy.io") || host.endsWith(".pinggy.io");
    return (pinggy || user.contains("+"))
        && Arrays.stream(user.split("\\+", -1))
            .anyMatch(word -> !word.isEmpty() && !KEYWORDS.contains(word.toLowerCase(Locale.ROOT)));
  }
}
