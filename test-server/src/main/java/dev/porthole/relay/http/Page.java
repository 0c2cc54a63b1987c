package dev.porthole.relay.http;

import dev.porthole.ssh.channel.ChannelRefusedException;
import dev.porthole.ssh.channel.OpenFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the relay itself. After it the connection ends.
 *
 * @param status what it says to programs
 * @param sentence what it says to people
 * @param field name of one more header field; empty: none
 * @param value its value
 */
record Page(HttpResponseStatus status, String sentence, String field, String value) {
  private static final String HTML =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
          + "<meta name=\"viewport\" content=\"width=device-width\"><title>%1$s</title>"
          + "<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;"
          + "padding:0 1em;color-scheme:light dark}h1{font-size:1.4rem}</style>"
          + "<h1>%1$s</h1><p>%2$s</p></html>\n";

  static Page of(HttpResponseStatus status, String sentence) {
    return new Page(status, sentence, "", "");
  }

  static Page noSuchName(String host) {
    return of(
        HttpResponseStatus.NOT_FOUND,
        "No tunnel has the name "
            + host
            + " now. Is the client that shares it still running, and is the name spelled right?");
  }

  static Page badGateway(String what) {
    return of(HttpResponseStatus.BAD_GATEWAY, "The tunnel stands, but " + what);
  }

  /** The client did not take the channel. */
  static Page refused(@Nullable Throwable cause) {
    Throwable reason = cause instanceof CompletionException ? cause.getCause() : cause;
    return reason instanceof ChannelRefusedException refusal
            && refusal.reason() == OpenFailure.RESOURCE_SHORTAGE
        ? of(HttpResponseStatus.SERVICE_UNAVAILABLE, "Too many visitors at once; try again.")
        : badGateway("the local service behind it cannot be reached.");
  }

  Page with(String name, String content) {
    return new Page(status, sentence, name, content);
  }

  /** As HTML for who wants that, else as plain text. Nothing in it can become markup. */
  FullHttpResponse answer(HttpRequest request) {
    boolean html = request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html");
    String text = html ? HTML.formatted(status, escaped(sentence)) : sentence + "\n";
    ByteBuf body = ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, text);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, (html ? "text/html" : "text/plain") + "; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(
            HttpHeaderNames.CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'")
        .set("X-Content-Type-Options", "nosniff")
        .set(HttpHeaderNames.CONNECTION, "close");
    if (!field.isEmpty()) {
      response.headers().set(field, value);
    }
    return response;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
