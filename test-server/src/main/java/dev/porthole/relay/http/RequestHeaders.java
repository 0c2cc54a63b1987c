package dev.porthole.relay.http;

import dev.porthole.relay.words.HeaderChange;
import dev.porthole.relay.words.RemoteOptions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** What the relay writes into a request before the local service sees it. */
final class RequestHeaders {
  private RequestHeaders() {}

  /**
   * Tells the service who visits, and where (RFC 7239). The relay is the first that knows: what the
   * visitor says of itself is replaced, not added to.
   */
  static void rewrite(
      HttpRequest request, RemoteOptions options, InetSocketAddress visitor, boolean tls) {
    HttpHeaders headers = request.headers();
    HostName.inTarget(request).ifPresent(named -> headers.set(HttpHeaderNames.HOST, named));
    String host = headers.get(HttpHeaderNames.HOST, "");
    String scheme = tls ? "https" : "http";
    String address = visitor.getAddress().getHostAddress();
    if (options.reverseProxy()) {
      headers.set("X-Forwarded-For", address);
      headers.set("X-Forwarded-Proto", scheme);
      headers.set("X-Forwarded-Host", host);
      String node =
          visitor.getAddress() instanceof Inet6Address ? "\"[" + address + "]\"" : address;
      headers.set("Forwarded", "for=" + node + ";host=\"" + host + "\";proto=" + scheme);
    }
    options.clientAddressHeader().ifPresent(name -> headers.set(name, address));
    if (options.fullUrl()) {
      String uri = request.uri();
      headers.set("X-Pinggy-Url", uri.startsWith("/") ? scheme + "://" + host + uri : uri);
    }
    options.headers().forEach(change -> apply(change, headers));
  }

  private static void apply(HeaderChange change, HttpHeaders headers) {
    if (change instanceof HeaderChange.Add add) {
      headers.add(add.name(), add.value());
    } else if (change instanceof HeaderChange.Remove remove) {
      headers.remove(remove.name());
    } else if (change instanceof HeaderChange.Update update) {
      headers.set(update.name(), update.value());
    }
  }
}
