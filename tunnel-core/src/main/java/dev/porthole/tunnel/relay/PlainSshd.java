package dev.porthole.tunnel.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import java.util.Optional;

/** OpenSSH's sshd, dropbear, and every server nobody told us about: RFC 4254 and nothing more. */
record PlainSshd() implements RelayDialect {

  @Override
  public String user(TunnelConfig config) {
    return config.user().isEmpty() ? System.getProperty("user.name", "") : config.user();
  }

  /**
   * OpenSSH's server takes a session with a terminal for interactive, and only then sends small
   * packets at once (TCP_NODELAY): without, requests wait up to 40 ms for each other.
   */
  @Override
  public boolean wantsTerminal() {
    return true;
  }

  /** {@code localhost} is what ssh asks for when no bind address is given. */
  static BindAddress verbatim(Forward forward) {
    String host = forward.bindHost().equals("*") ? "" : forward.bindHost();
    return new BindAddress(host, forward.bindPort());
  }

  @Override
  public BindAddress bindOf(Forward forward) {
    return verbatim(forward);
  }

  @Override
  public boolean hasUrlService() {
    return false;
  }

  @Override
  public boolean urlsInText() {
    return false;
  }

  @Override
  public Optional<PublicUrl> urlIn(String line) {
    return Optional.empty();
  }

  @Override
  public Optional<PublicUrl> urlOfReply(HostPort relay, Forward forward, BindAddress granted) {
    return reply(relay, forward, granted);
  }

  /** The relay's own name, unless the forward names an address others can reach. */
  static Optional<PublicUrl> reply(HostPort relay, Forward forward, BindAddress granted) {
    String scheme =
        switch (forward.kind()) {
          case HTTP -> "http";
          case TLS -> "tls";
          case ANY, TCP, TLSTCP -> "tcp";
        };
    String host = relay.host().indexOf(':') >= 0 ? "[" + relay.host() + "]" : relay.host();
    return PublicUrls.parse(scheme + "://" + host + ":" + granted.port());
  }
}
