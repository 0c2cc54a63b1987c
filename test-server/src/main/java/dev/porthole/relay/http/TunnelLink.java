package dev.porthole.relay.http;

import dev.porthole.relay.route.Route;
import dev.porthole.ssh.channel.SshChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's channel through the tunnel, from the wish to open it until it is closed. It lives as
 * long as the visitor's own connection if both sides keep it, so a service sees the connections its
 * visitors make. Confined to the loop.
 */
final class TunnelLink extends ChannelInboundHandlerAdapter {
  private final Route route;
  private final HttpVisitor visitor;
  private @Nullable SshChannel channel;
  private boolean abandoned;

  TunnelLink(Route route, HttpVisitor visitor) {
    this.route = route;
    this.visitor = visitor;
  }

  /** Starts to open; the visitor hears how it went, maybe before this returns. */
  void open(InetSocketAddress from) {
    route.open(from, new Pipeline()).whenComplete(this::onAnswer);
  }

  private void onAnswer(@Nullable SshChannel opened, @Nullable Throwable refusal) {
    if (opened == null) {
      if (!abandoned) {
        visitor.onRefused(this, refusal);
      }
    } else if (abandoned) {
      opened.close();
    } else {
      channel = opened;
      opened.config().setAutoRead(true);
      visitor.onOpened();
    }
  }

  boolean leadsTo(Route other) {
    return route.equals(other);
  }

  boolean isOpen() {
    return channel != null && channel.isActive();
  }

  boolean isWritable() {
    return channel != null && channel.isWritable();
  }

  boolean isReset() {
    return channel != null && channel.isReset();
  }

  /** False if the part is broken: what ends with it must not look whole to the service. */
  boolean write(HttpObject part) {
    if (part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(part);
      return false;
    }
    opened().write(part, opened().voidPromise());
    return true;
  }

  void flush() {
    if (channel != null) {
      channel.flush();
    }
  }

  void readWhen(boolean wanted) {
    if (channel != null) {
      channel.config().setAutoRead(wanted);
    }
  }

  void shutdownOutput() {
    opened().flush();
    opened().shutdownOutput();
  }

  void close() {
    abandoned = true;
    if (channel != null) {
      channel.close();
    }
  }

  void reset() {
    abandoned = true;
    if (channel != null) {
      channel.reset();
    }
  }

  /** Takes HTTP out of the channel; bytes that were read already come out behind the rest. */
  SshChannel leaveHttp() {
    SshChannel plain = opened();
    plain.pipeline().remove(this);
    return plain;
  }

  private SshChannel opened() {
    if (channel == null) {
      throw new IllegalStateException("the channel is not open yet");
    }
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    visitor.onResponse((HttpObject) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    visitor.onResponseRead();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    visitor.proceed();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      visitor.onEnded(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    visitor.onEnded(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    visitor.onEnded(this);
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel opened) {
      opened
          .pipeline()
          .addLast(new HttpClientCodec(HttpEdge.DECODING, false, false))
          .addLast(TunnelLink.this);
    }
  }
}
