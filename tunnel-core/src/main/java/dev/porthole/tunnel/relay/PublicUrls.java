package dev.porthole.tunnel.relay;

import dev.porthole.tunnel.PublicUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds public URLs in what a relay says. A string that is no plain address is none. */
final class PublicUrls {
  private static final Set<String> SCHEMES = Set.of("http", "https", "tcp", "tls", "udp");

  /** A name has at most 253 characters (RFC 1035); the rest is scheme and port. */
  private static final int MAX_LENGTH = 300;

  // Quantifiers of groups are possessive: Java would keep a stack frame for each round of others.

  /** A name of letters, digits and hyphens (RFC 1123), an IPv4 address, or a bracketed IPv6 one. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)"
              + "(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*+\\.?|\\[[0-9a-f:.]+]");

  private static final Pattern CANDIDATE = Pattern.compile("(?<![a-z])[a-z]{3,5}://[^\\s\"'<>,;]+");
  private static final Pattern JSON_STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\/)*+)\"");

  private PublicUrls() {}

  /** The URL a string is, if it is nothing else. */
  static Optional<PublicUrl> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.strip().toLowerCase(Locale.ROOT));
      boolean plain =
          uri.getScheme() != null
              && SCHEMES.contains(uri.getScheme())
              && uri.getHost() != null
              && HOST.matcher(uri.getHost()).matches()
              && isPort(uri.getPort())
              && uri.getUserInfo() == null
              && uri.getQuery() == null
              && uri.getFragment() == null
              && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
      return plain ? Optional.of(new PublicUrl(withoutPath(uri))) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isPort(int port) {
    return port == -1 || (port > 0 && port <= 65535);
  }

  private static URI withoutPath(URI uri) throws URISyntaxException {
    return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
  }

  /** The first URL inside a line of text. */
  static Optional<PublicUrl> find(String line) {
    Matcher candidate = CANDIDATE.matcher(line);
    while (candidate.find()) {
      Optional<PublicUrl> url = parse(candidate.group());
      if (url.isPresent()) {
        return url;
      }
    }
    return Optional.empty();
  }

  /** All URLs among the strings of {@code {"urls":["…"]}}. */
  static List<PublicUrl> ofJson(String json) {
    List<PublicUrl> urls = new ArrayList<>();
    Matcher string = JSON_STRING.matcher(json);
    while (string.find()) {
      parse(string.group(1).replace("\\/", "/")).ifPresent(urls::add);
    }
    return urls;
  }
}
