package dev.porthole.tunnel.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pinggy, and Porthole's own relay: the user name is a token and keywords joined by {@code +}, the
 * granted port is a number without public meaning.
 *
 * @param own whether it is Porthole's own relay, which gives names and ports again on request
 */
record Pinggy(boolean own) implements RelayDialect {
  private static final int FIRST_PUBLIC_PORT = 1024;

  private static final List<String> TYPES = List.of("http", "tcp", "tls", "tlstcp", "udp");
  private static final List<String> FLAGS = List.of("force", "auth", "qr", "aqr");

  @Override
  public String user(TunnelConfig config) {
    List<String> words = new ArrayList<>();
    config.token().ifPresent(words::add);
    if (!config.user().isEmpty()) {
      words.addAll(Arrays.asList(config.user().split("\\+")));
    }
    if (words.stream().noneMatch(word -> TYPES.contains(word.toLowerCase(Locale.ROOT)))) {
      type(config).ifPresent(words::add);
    }
    return words.isEmpty() ? "http" : String.join("+", words);
  }

  /** Typed forwards say their kind themselves; a keyword would count for the others. */
  private static Optional<String> type(TunnelConfig config) {
    return config.forwards().stream()
        .filter(forward -> !forward.bindHost().contains("//"))
        .map(Forward::kind)
        .filter(kind -> kind != Forward.Kind.ANY && kind != Forward.Kind.HTTP)
        .findFirst()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public BindAddress bindOf(Forward forward) {
    return PlainSshd.verbatim(forward);
  }

  /** A TCP port is asked for by number; a name if it is the only one, for it tells nothing else. */
  @Override
  public BindAddress again(
      HostPort relay, Forward forward, BindAddress before, List<PublicUrl> urls) {
    BindAddress wanted = bindOf(forward);
    if (!own || wanted.port() != 0) {
      return wanted;
    }
    if (before.port() >= FIRST_PUBLIC_PORT) {
      return wanted.withPort(before.port());
    }
    List<String> names =
        urls.stream()
            .filter(url -> url.uri().getScheme().startsWith("http"))
            .map(url -> url.uri().getHost())
            .distinct()
            .toList();
    return names.size() == 1 ? new BindAddress(names.get(0), 0) : wanted;
  }

  @Override
  public boolean hasUrlService() {
    return true;
  }

  @Override
  public boolean urlsInText() {
    return true;
  }

  /** A URL counts only alone on its line: the greeting advertises another one in a sentence. */
  @Override
  public Optional<PublicUrl> urlIn(String line) {
    return PublicUrls.parse(line)
        .filter(url -> !String.valueOf(url.uri().getHost()).startsWith("dashboard."));
  }

  /** The first is Pinggy's, the second that of Porthole's relay. */
  @Override
  public Optional<String> refusalIn(String line) {
    return line.startsWith("Login is not allowed") || line.startsWith("Refused: ")
        ? Optional.of(line)
        : Optional.empty();
  }

  /** A bad token is answered with an anonymous tunnel, and only this line tells. */
  @Override
  public Optional<String> warningIn(String line, TunnelConfig config) {
    boolean tokenSent = config.token().isPresent() || hasToken(config.user());
    return tokenSent && line.startsWith("You are not authenticated")
        ? Optional.of("The relay did not accept the token: this is an anonymous tunnel.")
        : Optional.empty();
  }

  /** A word that is no keyword is a token. */
  @Override
  public String shown(String user) {
    return Arrays.stream(user.split("\\+", -1))
        .map(word -> isToken(word) ? "***" : word)
        .collect(Collectors.joining("+"));
  }

  private static boolean hasToken(String user) {
    return Arrays.stream(user.split("\\+", -1)).anyMatch(Pinggy::isToken);
  }

  private static boolean isToken(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return !lower.isEmpty() && !TYPES.contains(lower) && !FLAGS.contains(lower);
  }

  @Override
  public Optional<PublicUrl> urlOfReply(HostPort relay, Forward forward, BindAddress granted) {
    return Optional.empty();
  }
}
