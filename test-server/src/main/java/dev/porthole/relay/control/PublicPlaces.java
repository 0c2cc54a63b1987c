package dev.porthole.relay.control;

import dev.porthole.relay.words.TunnelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Where visitors find what, once all ports are open.
 *
 * @param domain names are below it
 * @param httpPort of the HTTP edge
 * @param tlsPort of the TLS edge, if there is one
 * @param endsTls whether the relay has a certificate
 */
public record PublicPlaces(String domain, int httpPort, OptionalInt tlsPort, boolean endsTls) {

  /** A name, as it is in the Host of visitors. */
  String hostOf(String name) {
    return name.indexOf('.') >= 0 ? name : name + "." + domain.toLowerCase(Locale.ROOT);
  }

  /** Why tunnels of a kind cannot stand here; empty if they can. */
  String missingFor(TunnelKind kind) {
    boolean wantsTls = kind == TunnelKind.TLS || kind == TunnelKind.TLSTCP;
    if (wantsTls && tlsPort.isEmpty()) {
      return "This relay has no TLS port, so it offers http and tcp only.";
    }
    return kind == TunnelKind.TLSTCP && !endsTls
        ? "This relay has no certificate, so it offers no tlstcp; tls works."
        : "";
  }

  boolean servesHttps() {
    return endsTls && tlsPort.isPresent();
  }

  /** The URLs of a name. */
  List<String> urlsOf(TunnelKind kind, String host) {
    List<String> urls = new ArrayList<>();
    if (kind == TunnelKind.HTTP) {
      urls.add("http://" + host + (httpPort == 80 ? "" : ":" + httpPort));
      if (servesHttps()) {
        urls.add("https://" + host + (tlsPort.getAsInt() == 443 ? "" : ":" + tlsPort.getAsInt()));
      }
    } else {
      tlsPort.ifPresent(port -> urls.add("tls://" + host + ":" + port));
    }
    return urls;
  }

  /** The URL of a TCP port. */
  String urlOf(int port) {
    return "tcp://" + domain + ":" + port;
  }
}
