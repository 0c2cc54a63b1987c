package dev.porthole.relay.words;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads remote options word by word. */
final class OptionsReader {
  private final List<HeaderChange> headers = new ArrayList<>();
  private final Set<String> basic = new LinkedHashSet<>();
  private final Set<String> bearer = new LinkedHashSet<>();
  private final List<IpSubnetFilterRule> allowed = new ArrayList<>();
  private boolean httpsOnly;
  private Optional<String> clientAddressHeader = Optional.empty();
  private boolean fullUrl;
  private boolean passPreflight;
  private boolean reverseProxy = true;

  RemoteOptions options() {
    return new RemoteOptions(
        headers,
        basic,
        bearer,
        allowed,
        httpsOnly,
        clientAddressHeader,
        fullUrl,
        passPreflight,
        reverseProxy);
  }

  void read(String word) throws RefusedException {
    int colon = word.indexOf(':');
    String command = colon < 0 ? word : word.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = colon < 0 ? "" : word.substring(colon + 1);
    switch (command) {
      case "a" -> headers.add(add(rest));
      case "r" -> headers.add(remove(rest));
      case "u" -> headers.add(new HeaderChange.Update(name(rest), value(rest)));
      case "b" -> basic.add(userAndPassword(rest));
      case "k" -> bearer.add(key(rest));
      case "w" -> addresses(rest);
      case "x" -> extended(rest);
      default ->
          throw new RefusedException(
              "Unknown option \""
                  + word
                  + "\". This relay runs no commands; it knows a: r: u: b: k: w: and x:https x:xff"
                  + " x:fullurl x:passpreflight x:noreverseproxy.");
    }
  }

  private void extended(String rest) throws RefusedException {
    String[] parts = rest.split(":", 2);
    switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "https", "httpsonly" -> httpsOnly = true;
      case "xff" ->
          clientAddressHeader =
              Optional.of(parts.length == 1 ? "X-Forwarded-For" : headerName(parts[1]));
      case "fullurl", "fullrequesturl" -> fullUrl = true;
      case "passpreflight", "allowpreflight" -> passPreflight = true;
      case "noreverseproxy" -> reverseProxy = false;
      case "localservertls" ->
          throw new RefusedException(
              "x:localServerTls is not offered: let the client speak TLS to the service, as in"
                  + " porthole http https://localhost:8443.");
      case "haproxy" ->
          throw new RefusedException(
              "x:haproxy is not offered: this relay sends no PROXY protocol header.");
      default -> throw new RefusedException("Unknown option \"x:" + rest + "\".");
    }
  }

  private static HeaderChange add(String rest) throws RefusedException {
    return new HeaderChange.Add(notHost(name(rest)), value(rest));
  }

  private static HeaderChange remove(String rest) throws RefusedException {
    return new HeaderChange.Remove(notHost(headerName(rest)));
  }

  private static String notHost(String name) throws RefusedException {
    if (name.equalsIgnoreCase("Host")) {
      throw new RefusedException("Host can only be replaced: use u:Host:value.");
    }
    return name;
  }

  private static String name(String rest) throws RefusedException {
    int colon = rest.indexOf(':');
    if (colon < 0) {
      throw new RefusedException(
          "\"" + rest + "\" has no value: write a:Name:Value or u:Name:Value.");
    }
    return headerName(rest.substring(0, colon));
  }

  private static String headerName(String name) throws RefusedException {
    if (name.isEmpty() || HttpHeaderValidationUtil.validateToken(name) != -1) {
      throw new RefusedException("\"" + name + "\" is no header field name.");
    }
    return name;
  }

  private static String value(String rest) throws RefusedException {
    String value = rest.substring(rest.indexOf(':') + 1);
    if (HttpHeaderValidationUtil.validateValidHeaderValue(value) != -1) {
      throw new RefusedException("The value of header field " + name(rest) + " is not allowed.");
    }
    return value;
  }

  private static String userAndPassword(String rest) throws RefusedException {
    if (rest.chars().filter(c -> c == ':').count() != 1) {
      throw new RefusedException("b: wants one user name and one password: b:user:password.");
    }
    return rest;
  }

  private static String key(String rest) throws RefusedException {
    if (rest.isEmpty()) {
      throw new RefusedException("k: wants a key: k:key.");
    }
    return rest;
  }

  private void addresses(String rest) throws RefusedException {
    for (String each : rest.split(",", -1)) {
      allowed.add(block(each.trim()));
    }
  }

  private static IpSubnetFilterRule block(String text) throws RefusedException {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    int bits = bytes == null ? 0 : bytes.length * 8;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1));
    if (bytes == null || prefix < 0 || prefix > bits) {
      throw new RefusedException(
          "\"" + text + "\" is no address and no block such as 10.0.0.0/8 or 2001:db8::/32.");
    }
    return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
  }

  private static int prefix(String digits) {
    return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
  }
}
