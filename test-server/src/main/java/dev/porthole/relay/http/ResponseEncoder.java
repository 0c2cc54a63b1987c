package dev.porthole.relay.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * Knows when a response answers HEAD and so has no content, whatever its header says. Netty's
 * server codec counts interim responses as answers and would mistake the next one.
 */
final class ResponseEncoder extends HttpResponseEncoder {
  private boolean head;

  void answersHead(boolean next) {
    head = next;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return head || super.isContentAlwaysEmpty(response);
  }
}
