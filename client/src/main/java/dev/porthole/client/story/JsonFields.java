package dev.porthole.client.story;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of each event, as docs/events.md promises them. */
final class JsonFields {
  private static final Map<Class<? extends TunnelEvent>, String> NAMES =
      Map.ofEntries(
          Map.entry(TunnelEvent.Connecting.class, "connecting"),
          Map.entry(TunnelEvent.Connected.class, "connected"),
          Map.entry(TunnelEvent.HostKeyRemembered.class, "host_key_remembered"),
          Map.entry(TunnelEvent.Authenticated.class, "authenticated"),
          Map.entry(TunnelEvent.ForwardStands.class, "forward"),
          Map.entry(TunnelEvent.ForwardFailed.class, "forward_failed"),
          Map.entry(TunnelEvent.LocalForwardStands.class, "local_forward"),
          Map.entry(TunnelEvent.LocalForwardFailed.class, "local_forward_failed"),
          Map.entry(TunnelEvent.Url.class, "url"),
          Map.entry(TunnelEvent.UrlChanged.class, "url_changed"),
          Map.entry(TunnelEvent.Ready.class, "ready"),
          Map.entry(TunnelEvent.RelayText.class, "relay_text"),
          Map.entry(TunnelEvent.Warning.class, "warning"),
          Map.entry(TunnelEvent.Lost.class, "lost"),
          Map.entry(TunnelEvent.Reconnecting.class, "reconnecting"),
          Map.entry(TunnelEvent.VisitFailed.class, "visit_failed"),
          Map.entry(TunnelEvent.Draining.class, "draining"),
          Map.entry(TunnelEvent.Closed.class, "closed"));

  private final JsonGenerator json;
  private final Masking masking;

  JsonFields(JsonGenerator json, Masking masking) {
    this.json = json;
    this.masking = masking;
  }

  static String nameOf(Class<? extends TunnelEvent> event) {
    String name = NAMES.get(event);
    if (name == null) {
      throw new IllegalArgumentException("event: " + event + " (expected: one with a JSON name)");
    }
    return name;
  }

  void write(TunnelEvent event) throws IOException {
    if (event instanceof TunnelEvent.Connecting e) {
      text("relay", e.relay().toString());
      number("attempt", e.attempt());
    } else if (event instanceof TunnelEvent.Connected e) {
      text("relay", e.relay().toString());
      text("server", e.serverVersion());
      text("host_key", e.hostKey());
    } else if (event instanceof TunnelEvent.HostKeyRemembered e) {
      text("host_key", e.hostKey());
      text("file", e.file());
    } else if (event instanceof TunnelEvent.Authenticated e) {
      text("user", e.user());
    } else if (event instanceof TunnelEvent.RelayText e) {
      text("line", e.line());
    } else if (event instanceof TunnelEvent.Warning e) {
      text("message", e.message());
    } else if (event instanceof TunnelEvent.Reconnecting e) {
      number("attempt", e.attempt());
      number("delay_ms", e.delay().toMillis());
    } else if (event instanceof TunnelEvent.Draining e) {
      number("visitors", e.visitors());
    } else {
      writeForwards(event);
    }
  }

  private void writeForwards(TunnelEvent event) throws IOException {
    if (event instanceof TunnelEvent.ForwardStands e) {
      forward(e.forward());
      number("granted_port", e.grantedPort());
    } else if (event instanceof TunnelEvent.ForwardFailed e) {
      forward(e.forward());
      text("reason", e.reason());
    } else if (event instanceof TunnelEvent.LocalForwardStands e) {
      local(e.forward());
      number("bound_port", e.boundPort());
    } else if (event instanceof TunnelEvent.LocalForwardFailed e) {
      local(e.forward());
      text("reason", e.reason());
    } else if (event instanceof TunnelEvent.VisitFailed e) {
      text("target", e.target().toString());
      text("visitor", e.visitor());
      text("reason", e.reason());
    } else {
      writeAddresses(event);
    }
  }

  private void writeAddresses(TunnelEvent event) throws IOException {
    if (event instanceof TunnelEvent.Url e) {
      text("url", e.url().toString());
      if (e.forward().isPresent()) {
        text("target", e.forward().get().target().toString());
      }
    } else if (event instanceof TunnelEvent.UrlChanged e) {
      urls("before", e.before());
      urls("now", e.now());
    } else if (event instanceof TunnelEvent.Ready e) {
      urls("urls", e.urls());
    } else if (event instanceof TunnelEvent.Lost e) {
      failure(Optional.of(e.cause()));
    } else if (event instanceof TunnelEvent.Closed e) {
      failure(e.cause());
    }
  }

  private void forward(Forward forward) throws IOException {
    text("kind", forward.kind().name().toLowerCase(Locale.ROOT));
    text("bind_host", forward.bindHost());
    number("bind_port", forward.bindPort());
    text("target", forward.target().toString());
  }

  private void local(LocalForward forward) throws IOException {
    text("bind_host", forward.bindHost());
    number("bind_port", forward.bindPort());
    text("destination", forward.destination().toString());
  }

  private void failure(Optional<TunnelException> cause) throws IOException {
    if (cause.isPresent()) {
      text("error", ExitCode.of(cause.get()).name().toLowerCase(Locale.ROOT));
      text("message", String.valueOf(cause.get().getMessage()));
    }
  }

  private void urls(String name, List<PublicUrl> urls) throws IOException {
    json.writeArrayFieldStart(name);
    for (PublicUrl url : urls) {
      json.writeString(url.toString());
    }
    json.writeEndArray();
  }

  private void text(String name, String value) throws IOException {
    json.writeStringField(name, masking.apply(value));
  }

  private void number(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }
}
