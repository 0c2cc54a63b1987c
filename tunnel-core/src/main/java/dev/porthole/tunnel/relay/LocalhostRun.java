package dev.porthole.tunnel.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import java.util.Optional;

/** localhost.run: HTTP only, on port 80; the user name {@code nokey} works without a key. */
record LocalhostRun() implements RelayDialect {

  @Override
  public String user(TunnelConfig config) {
    return config.user().isEmpty() ? "nokey" : config.user();
  }

  @Override
  public BindAddress bindOf(Forward forward) {
    BindAddress asked = PlainSshd.verbatim(forward);
    return asked.port() == 0 ? asked.withPort(80) : asked;
  }

  @Override
  public boolean hasUrlService() {
    return false;
  }

  @Override
  public boolean urlsInText() {
    return true;
  }

  /** "NAME tunneled with tls termination, https://NAME"; its other lines hold links to read. */
  @Override
  public Optional<PublicUrl> urlIn(String line) {
    return line.contains("tunneled with tls termination")
        ? PublicUrls.find(line)
        : Optional.empty();
  }

  @Override
  public Optional<PublicUrl> urlOfReply(HostPort relay, Forward forward, BindAddress granted) {
    return Optional.empty();
  }
}
