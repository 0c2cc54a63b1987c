package dev.porthole.tunnel.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** serveo.net: HTTP is port 80 with the wanted name as bind host, everything else is TCP. */
record Serveo() implements RelayDialect {
  private static final Pattern TCP =
      Pattern.compile("Forwarding TCP (?:connections|traffic) from (?:tcp://)?([^\\s/]+:[0-9]+)");

  @Override
  public String user(TunnelConfig config) {
    return new PlainSshd().user(config);
  }

  @Override
  public BindAddress bindOf(Forward forward) {
    return Sish.httpOnPort80(forward);
  }

  @Override
  public boolean hasUrlService() {
    return false;
  }

  @Override
  public boolean urlsInText() {
    return true;
  }

  /** Only at the start of a line: serveo also prints what visitors ask for. */
  @Override
  public Optional<PublicUrl> urlIn(String line) {
    Matcher tcp = TCP.matcher(line);
    if (tcp.lookingAt()) {
      return PublicUrls.parse("tcp://" + tcp.group(1));
    }
    return line.startsWith("Forwarding HTTP traffic from ")
        ? PublicUrls.find(line)
        : Optional.empty();
  }

  @Override
  public Optional<PublicUrl> urlOfReply(HostPort relay, Forward forward, BindAddress granted) {
    return forward.kind() == Forward.Kind.HTTP
        ? Optional.empty()
        : PlainSshd.reply(relay, forward, granted);
  }
}
