package dev.porthole.relay.http;

import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.splice.Splice;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;

/** The visitor's connection: what is written to it, and how it ends. Confined to the loop. */
final class VisitorSide {
  private final DuplexChannel channel;
  private final ResponseEncoder encoder;
  private final Patience patience = new Patience();

  VisitorSide(DuplexChannel channel, ResponseEncoder encoder) {
    this.channel = channel;
    this.encoder = encoder;
  }

  DuplexChannel channel() {
    return channel;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.remoteAddress();
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  /** No request is under way: one has to come in time. */
  void awaitRequest() {
    patience.begin(channel);
  }

  void requestCame() {
    patience.end();
  }

  /** Writes a part of a response, and flushes when that is more than the visitor takes now. */
  void write(HttpObject part, Exchange exchange) {
    encoder.answersHead(exchange.isHead());
    channel.write(part, channel.voidPromise());
    if (!channel.isWritable()) {
      channel.flush();
    }
  }

  void flush() {
    channel.flush();
  }

  /** Ends when all that was written has left. */
  void end() {
    LingeringClose.afterFlush(channel);
  }

  /** A response that was cut short must not look like a whole one. */
  void reset() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  /** Both sides speak another protocol from here on; what was read already goes first. */
  void leaveHttp(SshChannel tunnel) {
    channel.flush();
    Splice.join(channel, tunnel);
    // Decoders give away what they hold when they leave: what it is written to must be gone before.
    channel.pipeline().remove(ResponseEncoder.class);
    tunnel.pipeline().remove(HttpClientCodec.class);
    channel.pipeline().remove(HttpRequestDecoder.class);
  }
}
