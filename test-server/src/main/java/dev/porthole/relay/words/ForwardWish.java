package dev.porthole.relay.words;

import dev.porthole.ssh.channel.BindAddress;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client wants of a forward. The bind host of {@code -R} is an address (any: the default
 * forward), a name, or typed: {@code tcp//host/34567}.
 *
 * @param kind what its visitors speak
 * @param name the wanted name, in lower case; empty means any
 * @param port the wanted public TCP port; 0 means any
 */
public record ForwardWish(TunnelKind kind, Optional<String> name, int port) {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  /** Octets of a host name (RFC 1123 section 2.1, RFC 1035 section 2.3.4). */
  private static final int MAX_NAME = 253;

  /** Ports that stand for "the web", or for none: typed forwards are written with port 1. */
  private static final List<Integer> NO_TCP_PORTS = List.of(0, 1, 80, 443);

  /**
   * Reads a request.
   *
   * @param usual the kind for forwards that do not say it
   */
  public static ForwardWish parse(BindAddress requested, TunnelKind usual) throws RefusedException {
    String host = requested.host().toLowerCase(Locale.ROOT);
    int typed = host.indexOf("//");
    if (typed >= 0) {
      return typed(host.substring(0, typed), host.substring(typed + 2));
    }
    Optional<String> name = name(host);
    int port = NO_TCP_PORTS.contains(requested.port()) ? 0 : requested.port();
    boolean portMatters = port != 0 && usual == TunnelKind.HTTP && name.isEmpty();
    return new ForwardWish(portMatters ? TunnelKind.TCP : usual, name, port);
  }

  private static ForwardWish typed(String schema, String rest) throws RefusedException {
    TunnelKind kind =
        switch (schema) {
          case "http" -> TunnelKind.HTTP;
          case "tcp" -> TunnelKind.TCP;
          case "tls" -> TunnelKind.TLS;
          case "tlstcp" -> TunnelKind.TLSTCP;
          default ->
              throw new RefusedException(
                  "\"" + schema + "\" is no kind of tunnel; use http, tcp, tls or tlstcp.");
        };
    String place = rest.contains("@") ? rest.substring(0, rest.indexOf('@')) : rest;
    int slash = place.indexOf('/');
    String host = slash < 0 ? place : place.substring(0, slash);
    return new ForwardWish(kind, name(host), slash < 0 ? 0 : port(place.substring(slash + 1)));
  }

  private static Optional<String> name(String host) throws RefusedException {
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    boolean anywhere =
        bare.isEmpty()
            || bare.equals("*")
            || bare.equals("localhost")
            || NetUtil.isValidIpV4Address(bare)
            || NetUtil.isValidIpV6Address(bare);
    if (anywhere) {
      return Optional.empty();
    }
    if (bare.length() > MAX_NAME || !NAME.matcher(bare).matches()) {
      String shown = host.length() > MAX_NAME ? host.substring(0, MAX_NAME) + "…" : host;
      throw new RefusedException("\"" + shown + "\" is no host name.");
    }
    return Optional.of(bare);
  }

  private static int port(String digits) throws RefusedException {
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    if (port < 0 || port > 65535) {
      throw new RefusedException("\"" + digits + "\" is no port (0 to 65535).");
    }
    return port;
  }
}
