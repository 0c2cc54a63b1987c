package dev.porthole.client.grammar;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The relay as typed: {@code host}, {@code user@host} or {@code ssh://user@host:port}. The last
 * {@code @} splits, since tokens and mail addresses may hold others.
 *
 * @param user verbatim, with all of Pinggy's keywords
 * @param host without brackets
 * @param port only the URL form can hold one
 */
public record Destination(Optional<String> user, String host, Optional<Integer> port) {
  private static final String SCHEME = "ssh://";

  /** Reads the word. */
  public static Destination parse(String typed) {
    if (typed.startsWith(SCHEME)) {
      return ofUrl(typed);
    }
    int at = typed.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(typed.substring(0, at));
    String host = bare(typed.substring(at + 1));
    if (user.filter(String::isEmpty).isPresent()) {
      throw new UsageException(typed + ": the user before \"@\" is empty. Example: me@" + host);
    }
    check(typed, host);
    return new Destination(user, host, Optional.empty());
  }

  /** {@code --relay}: as {@link #parse}, and {@code host:port} too. */
  public static Destination parseWithPort(String typed) {
    int at = typed.lastIndexOf('@');
    int colon = typed.lastIndexOf(':');
    boolean single = colon > at && typed.indexOf(':', at + 1) == colon;
    boolean bracketed = colon > 0 && typed.charAt(colon - 1) == ']';
    if (typed.startsWith(SCHEME) || !(single || bracketed)) {
      return parse(typed);
    }
    Destination bare = parse(typed.substring(0, colon));
    return new Destination(
        bare.user, bare.host, Optional.of(port(typed, typed.substring(colon + 1))));
  }

  private static Destination ofUrl(String typed) {
    String rest = typed.substring(SCHEME.length());
    int at = rest.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(decoded(rest.substring(0, at)));
    try {
      URI uri = new URI(SCHEME + rest.substring(at + 1));
      if (uri.getHost() == null || !String.valueOf(uri.getPath()).matches("/?")) {
        throw notUrl(typed);
      }
      Optional<Integer> port =
          uri.getPort() < 0 ? Optional.empty() : Optional.of(port(typed, "" + uri.getPort()));
      return new Destination(user, bare(uri.getHost()), port);
    } catch (URISyntaxException e) {
      throw notUrl(typed);
    }
  }

  private static String decoded(String user) {
    return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static UsageException notUrl(String typed) {
    return new UsageException(typed + ": not an ssh URL. Example: ssh://me@relay.example.com:2222");
  }

  private static int port(String typed, String text) {
    return Ports.parse(text, 1)
        .orElseThrow(
            () ->
                new UsageException(
                    typed + ": the port \"" + text + "\" is not a number from 1 to 65535"));
  }

  private static String bare(String host) {
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return brackets ? host.substring(1, host.length() - 1) : host;
  }

  private static void check(String typed, String host) {
    if (host.isEmpty()) {
      throw new UsageException(typed + ": the host is missing. Example: free.pinggy.io");
    }
    if (Ports.parse(host, 0).isPresent()) {
      throw new UsageException(
          host
              + " stands where the relay's name belongs. Together with -R or -L name the relay, for"
              + " example free.pinggy.io; or leave -R out: porthole "
              + host);
    }
    if (host.chars().anyMatch(c -> c <= ' ' || c == '/')) {
      throw new UsageException("\"" + host + "\" is no host name. Example: free.pinggy.io");
    }
  }
}
