package dev.porthole.ssh.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.function.Function;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.DefaultIoConnectFuture;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;

/** Outgoing connections. How the byte stream is made is not ours to know: the context brings it. */
public final class NettyIoConnector extends NettyIoService implements IoConnector {
  /** Opens the stream and puts the given handler last into its pipeline. */
  public static final AttributeRepository.AttributeKey<
          Function<ChannelHandler, Future<? extends Channel>>>
      OPENER = new AttributeRepository.AttributeKey<>();

  private final IoHandler handler;

  NettyIoConnector(IoHandler handler) {
    this.handler = handler;
  }

  @Override
  public IoConnectFuture connect(
      SocketAddress target, AttributeRepository context, SocketAddress localAddress) {
    IoConnectFuture connected = new DefaultIoConnectFuture(target, null);
    SshTransport transport = new SshTransport(this, handler, null);
    transport.setAttribute(AttributeRepository.class, context);
    TransportHandler last = new TransportHandler(transport);
    Future<? extends Channel> dialed = context.getAttribute(OPENER).apply(last);
    dialed.addListener(
        done -> {
          if (done.isSuccess()) {
            startOnLoop(dialed.getNow(), last, transport, connected);
          } else {
            connected.setException(done.cause());
          }
        });
    return connected;
  }

  private static void startOnLoop(
      Channel channel, TransportHandler last, SshTransport transport, IoConnectFuture connected) {
    try {
      last.start(channel.pipeline().context(last));
      connected.setSession(transport);
    } catch (Exception e) { // MINA declares Exception; whatever it is, the caller learns of it
      connected.setException(e);
      channel.close();
    }
  }
}
