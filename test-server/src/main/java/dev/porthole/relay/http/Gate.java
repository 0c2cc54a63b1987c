package dev.porthole.relay.http;

import dev.porthole.relay.words.RemoteOptions;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What the client's options demand of a visitor, in this order: the right address, https,
 * credentials.
 *
 * @param options of the client
 * @param httpsPort public port of https
 */
record Gate(RemoteOptions options, IntSupplier httpsPort) {

  /** The answer for who may not pass. Credentials that let pass are taken out of the request. */
  Optional<Page> check(HttpRequest request, InetSocketAddress visitor, String host, boolean tls) {
    if (!options.allows(visitor)) {
      return Optional.of(
          Page.of(HttpResponseStatus.FORBIDDEN, "Your address is not among those let in here."));
    }
    if (options.httpsOnly() && !tls) {
      int number = httpsPort.getAsInt();
      String port = number == 443 ? "" : ":" + number;
      String location = "https://" + host + port + path(request.uri());
      return Optional.of(
          Page.of(HttpResponseStatus.MOVED_PERMANENTLY, "This site is served by https.")
              .with("Location", location));
    }
    if (options.wantsCredentials() && !isPassedPreflight(request)) {
      if (!hasCredentials(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))) {
        return Optional.of(unauthorized());
      }
      request.headers().remove(HttpHeaderNames.AUTHORIZATION);
    }
    return Optional.empty();
  }

  private Page unauthorized() {
    String challenge =
        options.basic().isEmpty()
            ? "Bearer realm=\"Porthole\""
            : "Basic realm=\"Porthole\", charset=\"UTF-8\"";
    return Page.of(HttpResponseStatus.UNAUTHORIZED, "This site wants to know who you are.")
        .with("WWW-Authenticate", challenge);
  }

  /**
   * A CORS preflight, which never carries credentials. Nor content, nor a change of protocol: more
   * requests could come behind those, past this gate.
   */
  private boolean isPassedPreflight(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return options.passPreflight()
        && request.method().equals(HttpMethod.OPTIONS)
        && !headers.contains(HttpHeaderNames.UPGRADE)
        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0")
        && headers.contains(HttpHeaderNames.ORIGIN)
        && headers.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  private boolean hasCredentials(String authorization) {
    String[] parts = authorization.trim().split(" +", 2);
    if (parts.length < 2) {
      return false;
    }
    if (parts[0].equalsIgnoreCase("Bearer")) {
      return contains(options.bearer(), parts[1].getBytes(StandardCharsets.UTF_8));
    }
    try {
      return parts[0].equalsIgnoreCase("Basic")
          && contains(options.basic(), Base64.getDecoder().decode(parts[1]));
    } catch (IllegalArgumentException e) { // no base64, so no credentials either
      return false;
    }
  }

  /** Takes as long for a near miss as for a far one. */
  private static boolean contains(Collection<String> secrets, byte[] offered) {
    boolean found = false;
    for (String secret : secrets) {
      found |= MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), offered);
    }
    return found;
  }

  private static String path(String uri) {
    int scheme = uri.indexOf("://");
    if (uri.startsWith("/") || scheme < 0) {
      return uri.startsWith("/") ? uri : "/";
    }
    int slash = uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }
}
