package dev.porthole.tunnel.connect;

import dev.porthole.ssh.client.SessionOutput;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.relay.RelayDialect;
import dev.porthole.tunnel.relay.SessionLines;
import dev.porthole.tunnel.text.Escaped;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the relay says in its session: shown line by line, and searched for public URLs. Bytes are
 * cut into lines on the loop; everything else happens on the tunnel's thread.
 */
final class SessionText implements SessionOutput {
  private static final int MAX_URLS = 64;

  private final SessionLines lines = new SessionLines();
  private final RelayDialect dialect;
  private final TunnelConfig config;
  private final Mailbox mailbox;
  private final Consumer<TunnelEvent> events;

  // Confined to the tunnel's thread.
  private final Set<PublicUrl> urls = new LinkedHashSet<>();
  private Optional<String> refusal = Optional.empty();

  SessionText(
      RelayDialect dialect, TunnelConfig config, Mailbox mailbox, Consumer<TunnelEvent> events) {
    this.dialect = dialect;
    this.config = config;
    this.mailbox = mailbox;
    this.events = events;
  }

  @Override
  public void onOutput(ByteBuf bytes, boolean standardError) {
    for (String line : lines.add(bytes.nioBuffer())) {
      mailbox.tell(() -> onLine(line));
    }
  }

  @Override
  public void onClosed() {
    // A session that ends is no reason to end a tunnel whose forwards stand.
  }

  private void onLine(String line) {
    events.accept(new TunnelEvent.RelayText(Escaped.line(line)));
    dialect.warningIn(line, config).map(TunnelEvent.Warning::new).ifPresent(events);
    dialect.refusalIn(line).ifPresent(reason -> refusal = Optional.of(Escaped.line(reason)));
    if (urls.size() < MAX_URLS) {
      dialect.urlIn(line).ifPresent(urls::add);
    }
  }

  /** URLs seen so far, in the order of the text. */
  Set<PublicUrl> urls() {
    return urls;
  }

  /** The line that says there will be no tunnel, escaped, if one came. */
  Optional<String> refusal() {
    return refusal;
  }
}
