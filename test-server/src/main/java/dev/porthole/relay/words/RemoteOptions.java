package dev.porthole.relay.words;

import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options in the exec string: words such as {@code w:10.0.0.0/8 b:me:secret x:https}.
 *
 * @param headers changes of request header fields, in order
 * @param basic {@code user:password} pairs of basic authentication (RFC 7617)
 * @param bearer keys of bearer authentication (RFC 6750)
 * @param allowed addresses that may visit; empty means everybody
 * @param httpsOnly redirect http to https
 * @param clientAddressHeader header field that gets the visitor's address, besides the usual ones
 * @param fullUrl tell the service the URL the visitor asked for
 * @param passPreflight let CORS preflights pass without authentication
 * @param reverseProxy set X-Forwarded-* and Forwarded
 */
public record RemoteOptions(
    List<HeaderChange> headers,
    Set<String> basic,
    Set<String> bearer,
    List<IpSubnetFilterRule> allowed,
    boolean httpsOnly,
    Optional<String> clientAddressHeader,
    boolean fullUrl,
    boolean passPreflight,
    boolean reverseProxy) {

  private static final RemoteOptions NONE = new OptionsReader().options();

  /** Copies. */
  public RemoteOptions {
    headers = List.copyOf(headers);
    basic = Set.copyOf(basic);
    bearer = Set.copyOf(bearer);
    allowed = List.copyOf(allowed);
  }

  /** Nothing asked for. */
  public static RemoteOptions none() {
    return NONE;
  }

  /**
   * Reads an exec string. One word that is wrong refuses them all: half of the options could leave
   * a tunnel open that was meant to be closed.
   */
  public static RemoteOptions parse(String command) throws RefusedException {
    OptionsReader reader = new OptionsReader();
    for (String word : ShellWords.split(command)) {
      reader.read(word);
    }
    return reader.options();
  }

  /** Whether an address may visit. */
  public boolean allows(InetSocketAddress visitor) {
    return allowed.isEmpty() || allowed.stream().anyMatch(rule -> rule.matches(visitor));
  }

  /** Whether visitors have to prove who they are. */
  public boolean wantsCredentials() {
    return !basic.isEmpty() || !bearer.isEmpty();
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "RemoteOptions[headers=" + headers.size() + ", allowed=" + allowed.size() + "]";
  }
}
