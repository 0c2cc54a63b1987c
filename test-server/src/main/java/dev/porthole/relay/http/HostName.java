package dev.porthole.relay.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host a request is for (RFC 9112 section 3.2), in one spelling: lower case, no port, no
 * trailing dot.
 */
final class HostName {
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]*)?");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*).*");

  private HostName() {}

  /** Empty if the request does not say it exactly once. */
  static Optional<String> of(HttpRequest request) {
    List<String> fields = request.headers().getAll(HttpHeaderNames.HOST);
    if (fields.size() > 1) {
      return Optional.empty();
    }
    String field = fields.isEmpty() ? "" : fields.get(0).trim();
    return canonical(inTarget(request).orElse(field));
  }

  /** Host and port of an absolute target, which count more than the Host field (section 3.2.2). */
  static Optional<String> inTarget(HttpRequest request) {
    Matcher absolute = ABSOLUTE.matcher(request.uri());
    return absolute.matches() ? Optional.of(absolute.group(1)) : Optional.empty();
  }

  private static Optional<String> canonical(String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String host = parts.group(1).toLowerCase(Locale.ROOT);
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
  }
}
