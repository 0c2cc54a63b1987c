package dev.porthole.tunnel.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** sish: HTTP is port 80 with the wanted name as bind host, everything else is a TCP port. */
record Sish() implements RelayDialect {
  private static final Pattern TCP = Pattern.compile("TCP: ([^\\s/]+:[0-9]+)");

  @Override
  public String user(TunnelConfig config) {
    return new PlainSshd().user(config);
  }

  @Override
  public BindAddress bindOf(Forward forward) {
    return httpOnPort80(forward);
  }

  /** A forward known to be HTTP whose port is left to the relay asks for port 80. */
  static BindAddress httpOnPort80(Forward forward) {
    BindAddress asked = PlainSshd.verbatim(forward);
    boolean http = forward.kind() == Forward.Kind.HTTP && forward.bindPort() == 0;
    return http ? asked.withPort(80) : asked;
  }

  @Override
  public boolean hasUrlService() {
    return false;
  }

  @Override
  public boolean urlsInText() {
    return true;
  }

  /** Only at the start of a line: sish also prints what visitors ask for. */
  @Override
  public Optional<PublicUrl> urlIn(String line) {
    Matcher tcp = TCP.matcher(line);
    if (tcp.lookingAt()) {
      return PublicUrls.parse("tcp://" + tcp.group(1));
    }
    boolean address = line.startsWith("HTTP: ") || line.startsWith("HTTPS: ");
    return address ? PublicUrls.find(line) : Optional.empty();
  }

  @Override
  public Optional<PublicUrl> urlOfReply(HostPort relay, Forward forward, BindAddress granted) {
    return forward.kind() == Forward.Kind.HTTP
        ? Optional.empty()
        : PlainSshd.reply(relay, forward, granted);
  }
}
