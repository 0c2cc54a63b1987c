package dev.porthole.relay.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/** How far one request and its response are. Confined to the loop. */
final class Exchange {
  private final HttpRequest request;
  private final boolean head;
  private boolean keepAlive;
  private boolean requestSent;
  private boolean answered;
  private boolean interim;
  private boolean switching;

  Exchange(HttpRequest request) {
    this.request = request;
    this.head = request.method().equals(HttpMethod.HEAD);
    this.keepAlive = HttpUtil.isKeepAlive(request);
  }

  HttpRequest request() {
    return request;
  }

  boolean isHead() {
    return head;
  }

  boolean isRequestSent() {
    return requestSent;
  }

  /** A part of the request's content went on. */
  void onSent(HttpObject part) {
    requestSent |= part instanceof LastHttpContent;
  }

  /** Whether any byte of a response went to the visitor. */
  boolean isAnswered() {
    return answered;
  }

  /** A response begins: an interim one (RFC 9110 section 15.2), or the last. */
  void onResponse(HttpResponse response) {
    answered = true;
    switching = response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL && !switching;
    if (!interim) {
      keepAlive &= HttpUtil.isKeepAlive(response) && endsByItself(response);
    }
  }

  /** Whether the end of this response needs no end of the connection (RFC 9112 section 6.3). */
  private boolean endsByItself(HttpResponse response) {
    int code = response.status().code();
    return head
        || code == 204
        || code == 304
        || HttpUtil.isContentLengthSet(response)
        || HttpUtil.isTransferEncodingChunked(response);
  }

  /** Whether the response that just ended was an interim one. */
  boolean isInterim() {
    return interim;
  }

  /** Whether the response that just ended hands the connection to another protocol. */
  boolean isSwitching() {
    return switching;
  }

  /** Whether another request may follow on both connections. */
  boolean mayBeFollowed() {
    return keepAlive && requestSent;
  }
}
