package dev.porthole.relay.words;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The SSH user name: words joined by {@code +}, in any order, of which one may be a token.
 *
 * @param kind what forwards are for that do not say it themselves
 * @param token the first word that is no keyword
 * @param force end the other tunnels of the same owner
 * @param auth refuse method {@code none}, for clients that cannot do without a password
 * @param qr how to draw the URL as a QR code, if at all
 * @param refusal why there can be no tunnel, if so
 */
public record LoginName(
    TunnelKind kind,
    Optional<String> token,
    boolean force,
    boolean auth,
    Qr qr,
    Optional<String> refusal) {

  /** How the URL is drawn. */
  public enum Qr {
    /** Not at all. */
    NONE,
    /** With half blocks of Unicode. */
    UNICODE,
    /** With ASCII characters. */
    ASCII
  }

  /** Reads a user name; every text is one. */
  public static LoginName parse(String user) {
    Set<TunnelKind> kinds = EnumSet.noneOf(TunnelKind.class);
    Set<String> flags = new LinkedHashSet<>();
    Optional<String> token = Optional.empty();
    for (String word : user.split("\\+", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      switch (lower) {
        case "http", "tcp", "tls", "tlstcp" ->
            kinds.add(TunnelKind.valueOf(lower.toUpperCase(Locale.ROOT)));
        case "udp", "force", "auth", "qr", "aqr", "" -> flags.add(lower);
        default -> token = token.or(() -> Optional.of(word));
      }
    }
    return new LoginName(
        kinds.isEmpty() ? TunnelKind.HTTP : kinds.iterator().next(),
        token,
        flags.contains("force"),
        flags.contains("auth"),
        flags.contains("qr") ? Qr.UNICODE : flags.contains("aqr") ? Qr.ASCII : Qr.NONE,
        refusal(kinds, flags));
  }

  private static Optional<String> refusal(Set<TunnelKind> kinds, Set<String> flags) {
    if (flags.contains("udp")) {
      return Optional.of("UDP is not offered here; use http, tcp, tls or tlstcp.");
    }
    if (kinds.size() > 1) {
      return Optional.of(
          "Only one kind of tunnel fits into a user name; for several, use typed forwards such as"
              + " -R tcp//:1:localhost:5432.");
    }
    return Optional.empty();
  }

  /** Without the token: it is a secret. */
  @Override
  public String toString() {
    return "LoginName[" + kind + "]";
  }
}
