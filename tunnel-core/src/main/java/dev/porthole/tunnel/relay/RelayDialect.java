package dev.porthole.tunnel.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What differs between relays. Pure: no method does I/O, and text it gets may be hostile. */
public sealed interface RelayDialect permits PlainSshd, Pinggy, Sish, LocalhostRun, Serveo {

  /**
   * Finds the dialect of a relay by its host name, or by what its server says of itself.
   *
   * @param serverVersion identification string without {@code SSH-2.0-}
   */
  static RelayDialect of(String host, String serverVersion) {
    String name = host.toLowerCase(Locale.ROOT);
    if (isUnder(name, "pinggy.io")) {
      return new Pinggy(false);
    }
    if (serverVersion.startsWith("Porthole")) {
      return new Pinggy(true);
    }
    if (isUnder(name, "localhost.run")) {
      return new LocalhostRun();
    }
    if (isUnder(name, "serveo.net")) {
      return new Serveo();
    }
    if (isUnder(name, "tuns.sh") || isUnder(name, "ssi.sh") || serverVersion.contains("sish")) {
      return new Sish();
    }
    return new PlainSshd();
  }

  private static boolean isUnder(String name, String domain) {
    return name.equals(domain) || name.endsWith("." + domain);
  }

  /** The port to connect to when the user names none. */
  static int defaultPort(String host) {
    return isUnder(host.toLowerCase(Locale.ROOT), "pinggy.io") ? 443 : 22;
  }

  /** The SSH user name: who we are, and with some relays what we want. */
  String user(TunnelConfig config);

  /** The user name as it may be shown: without words that can be secrets. */
  default String shown(String user) {
    return user;
  }

  /**
   * Whether the session asks for a terminal. Never where the text is read by us: with a terminal,
   * relays draw screens.
   */
  default boolean wantsTerminal() {
    return false;
  }

  /** What {@code tcpip-forward} asks for. */
  BindAddress bindOf(Forward forward);

  /**
   * What to ask for after a reconnect, so that the URL stays. Where the port is public, that is the
   * port granted before.
   *
   * @param before what was granted
   * @param urls the URLs of the whole tunnel then
   */
  default BindAddress again(
      HostPort relay, Forward forward, BindAddress before, List<PublicUrl> urls) {
    BindAddress wanted = bindOf(forward);
    boolean portIsPublic = urlOfReply(relay, forward, wanted.withPort(1)).isPresent();
    return wanted.port() == 0 && portIsPublic ? wanted.withPort(before.port()) : wanted;
  }

  /** Whether the relay answers {@code GET /urls} on {@code direct-tcpip localhost:4300}. */
  boolean hasUrlService();

  /** Whether the public URLs stand in the text of the session. */
  boolean urlsInText();

  /** The public URL a line of session text brings, if it does. */
  Optional<PublicUrl> urlIn(String line);

  /** Why a line of session text means that there will be no tunnel, if it does. */
  default Optional<String> refusalIn(String line) {
    return Optional.empty();
  }

  /** What the user should know about a line of session text, if anything. */
  default Optional<String> warningIn(String line, TunnelConfig config) {
    return Optional.empty();
  }

  /** The public URL that follows from the reply to a forward, if the port means anything. */
  Optional<PublicUrl> urlOfReply(HostPort relay, Forward forward, BindAddress granted);

  /** The URLs of an answer to {@code GET /urls}. */
  default List<PublicUrl> urlsOfService(String json) {
    return PublicUrls.ofJson(json);
  }
}
