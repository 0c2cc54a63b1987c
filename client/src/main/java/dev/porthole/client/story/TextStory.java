package dev.porthole.client.story;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.TunnelEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells people: each public URL alone on a line of standard output, everything else on standard
 * error. Confined to the tunnel's thread. A standard output that nobody reads any more does not
 * disturb the tunnel.
 */
final class TextStory {
  private static final Duration WORTH_TELLING = Duration.ofMillis(100);

  private final PrintStream out;
  private final PrintStream err;
  private final Masking masking;
  private final Story.Form form;
  private final Set<PublicUrl> shown = new LinkedHashSet<>();
  private final List<String> refusals = new ArrayList<>();
  private boolean stood;
  private boolean outputGone;

  TextStory(PrintStream out, PrintStream err, Masking masking, Story.Form form) {
    this.out = out;
    this.err = err;
    this.masking = masking;
    this.form = form;
  }

  void onEvent(TunnelEvent event) {
    boolean mayExplain =
        event instanceof TunnelEvent.ForwardFailed || event instanceof TunnelEvent.RelayText;
    if (!mayExplain) {
      tellRefusals(event);
    }
    if (event instanceof TunnelEvent.Ready ready) {
      ready(ready.urls());
    } else if (event instanceof TunnelEvent.Url url) {
      lateUrl(url.url());
    } else if (event instanceof TunnelEvent.UrlChanged changed) {
      changed(changed);
    } else if (event instanceof TunnelEvent.Warning warning) {
      loud("Warning: " + warning.message());
    } else if (event instanceof TunnelEvent.ForwardFailed failed) {
      refusals.add(failed.reason());
    } else if (event instanceof TunnelEvent.LocalForwardFailed failed) {
      loud("Local forward " + failed.forward().bindPort() + " does not stand: " + failed.reason());
    } else if (event instanceof TunnelEvent.VisitFailed failed) {
      loud("A visitor found nobody at " + failed.target() + ": " + failed.reason() + ".");
    } else if (event instanceof TunnelEvent.Lost lost) {
      loud(String.valueOf(lost.cause().getMessage()));
    } else {
      quietly(event);
    }
  }

  /** A refusal that ends the tunnel is told by whoever waits for the end, and not twice. */
  private void tellRefusals(TunnelEvent next) {
    String last =
        next instanceof TunnelEvent.Closed closed
            ? closed.cause().map(Throwable::getMessage).orElse("")
            : "";
    refusals.stream().filter(refusal -> !refusal.equals(last)).forEach(this::loud);
    refusals.clear();
  }

  /** What {@code -q} leaves out. */
  private void quietly(TunnelEvent event) {
    if (event instanceof TunnelEvent.Connecting connecting) {
      String again = connecting.attempt() > 1 ? " (attempt " + connecting.attempt() + ")" : "";
      plain("Connecting to " + connecting.relay() + again + " ...");
    } else if (event instanceof TunnelEvent.Connected connected) {
      chatty("Connected; the server is " + connected.serverVersion() + ", its host key ");
      chatty("  " + connected.hostKey());
    } else if (event instanceof TunnelEvent.HostKeyRemembered remembered) {
      plain("New host key " + remembered.hostKey() + ", remembered in " + remembered.file());
    } else if (event instanceof TunnelEvent.Authenticated authenticated) {
      chatty("Signed in as " + authenticated.user());
    } else if (event instanceof TunnelEvent.ForwardStands stands) {
      chatty("Forward stands: " + described(stands.forward(), stands.grantedPort()));
    } else if (event instanceof TunnelEvent.LocalForwardStands stands) {
      plain(
          "Local port "
              + stands.boundPort()
              + " leads to "
              + stands.forward().destination()
              + " at the relay");
    } else if (event instanceof TunnelEvent.RelayText text) {
      relaySays(text.line());
    } else if (event instanceof TunnelEvent.Reconnecting reconnecting) {
      againIn(reconnecting.delay());
    } else if (event instanceof TunnelEvent.Draining draining) {
      waitingFor(draining.visitors());
    } else if (event instanceof TunnelEvent.Closed closed && closed.cause().isEmpty()) {
      plain("Closed.");
    }
  }

  /** An attempt that comes at once is told when it comes. */
  private void againIn(Duration delay) {
    if (delay.compareTo(WORTH_TELLING) >= 0) {
      plain("Connecting again in " + seconds(delay) + " ...");
    }
  }

  /** After a refusal the relay's words may be the reason. */
  private void relaySays(String line) {
    if (refusals.isEmpty()) {
      chatty("Relay: " + line);
    } else {
      plain("Relay: " + line);
    }
  }

  private void waitingFor(int visitors) {
    if (visitors > 0) {
      plain("No new visitors; waiting for " + visitors + " inside.");
    }
  }

  private void ready(List<PublicUrl> urls) {
    for (PublicUrl url : urls) {
      show(url);
    }
    if (stood) {
      plain("Back again.");
    } else if (urls.isEmpty()) {
      plain("Ready; the relay told no public address. Ctrl-C stops.");
    } else {
      plain("Ready. Ctrl-C stops.");
    }
    stood = true;
  }

  /** Before the tunnel stands, URLs wait for all of them. */
  private void lateUrl(PublicUrl url) {
    if (stood) {
      show(url);
    }
  }

  private void changed(TunnelEvent.UrlChanged changed) {
    shown.retainAll(changed.now());
    loud("THE PUBLIC ADDRESS CHANGED. No longer valid: " + joined(changed.before()));
    loud("Valid now: " + joined(changed.now()));
  }

  private static String joined(List<PublicUrl> urls) {
    return String.join("  ", urls.stream().map(PublicUrl::toString).toList());
  }

  private static String described(Forward forward, int grantedPort) {
    return "port " + grantedPort + " of the relay leads to " + forward.target();
  }

  private static String seconds(Duration delay) {
    return String.format(Locale.ROOT, "%.1f s", delay.toMillis() / 1000.0);
  }

  private void show(PublicUrl url) {
    if (!shown.add(url)) {
      return;
    }
    out.println(url);
    if (out.checkError() && !outputGone) {
      outputGone = true;
      loud("Warning: nobody reads standard output any more; the tunnel stays.");
    }
  }

  private void chatty(String line) {
    if (form == Story.Form.CHATTY) {
      err.println(masking.apply(line));
    }
  }

  private void plain(String line) {
    if (form != Story.Form.QUIET) {
      err.println(masking.apply(line));
    }
  }

  private void loud(String line) {
    err.println(masking.apply(line));
  }
}
