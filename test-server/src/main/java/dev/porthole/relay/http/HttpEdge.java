package dev.porthole.relay.http;

import dev.porthole.relay.limit.VisitorLimit.Verdict;
import dev.porthole.relay.route.Routes;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Serves visitors who speak HTTP/1.x: the name in the request leads to the client. */
public final class HttpEdge {
  /** Long cookies and signed URLs fit; parts are as long as one read from a socket. */
  static final HttpDecoderConfig DECODING =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(16 * 1024)
          .setMaxHeaderSize(64 * 1024)
          .setMaxChunkSize(32 * 1024);

  private final Routes routes;
  private final IntSupplier httpsPort;

  /**
   * An edge for the names of a relay.
   *
   * @param httpsPort where {@code x:https} sends visitors; asked only if there is such a port
   */
  public HttpEdge(Routes routes, IntSupplier httpsPort) {
    this.routes = routes;
    this.httpsPort = httpsPort;
  }

  /**
   * Makes a new connection speak HTTP.
   *
   * @param tls whether the relay ended the visitor's TLS
   */
  public void serve(ChannelPipeline pipeline, boolean tls) {
    ResponseEncoder encoder = new ResponseEncoder();
    VisitorSide visitor = new VisitorSide((DuplexChannel) pipeline.channel(), encoder);
    visitor.awaitRequest();
    pipeline.addLast(
        new HttpRequestDecoder(DECODING), encoder, new HttpVisitor(this, tls, visitor));
  }

  /** Makes a new connection end, with the reason. */
  public static void refuse(ChannelPipeline pipeline, Verdict verdict) {
    pipeline.addLast(new RefusedVisitor(verdict));
  }

  Routes routes() {
    return routes;
  }

  IntSupplier httpsPort() {
    return httpsPort;
  }

  /** What is no request we can lead anywhere. */
  static Optional<Page> refusal(HttpRequest request, Optional<String> host) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(
          Page.of(HttpResponseStatus.BAD_REQUEST, "This is no HTTP request we can read."));
    }
    if (request.protocolVersion().majorVersion() != 1) {
      return Optional.of(
          Page.of(
              HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
              "Names are served in HTTP/1.1; for HTTP/2 use a TCP or TLS tunnel."));
    }
    if (request.method().equals(HttpMethod.CONNECT)) {
      return Optional.of(
          Page.of(HttpResponseStatus.METHOD_NOT_ALLOWED, "This is no proxy for CONNECT."));
    }
    if (host.isEmpty()) {
      return Optional.of(
          Page.of(HttpResponseStatus.BAD_REQUEST, "The request needs one valid Host field."));
    }
    return Optional.empty();
  }
}
