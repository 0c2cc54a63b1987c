package dev.porthole.ssh.client;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.hostkey.HostKey;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The client end of one SSH connection. Methods may be called on any thread; futures complete on
 * {@link #loop()}, so do not wait for them there.
 */
public interface SshConnection extends AutoCloseable {

  /** The loop all channels of this connection live on. */
  EventLoop loop();

  /** The server's identification string without {@code SSH-2.0-} (RFC 4253 section 4.2). */
  String serverVersion();

  /** The key that was verified. */
  HostKey hostKey();

  /** Where the byte stream leads. */
  SocketAddress remoteAddress();

  /**
   * Authenticates. Fails with {@link AuthenticationRefusedException} or {@link
   * ConnectionLostException}.
   */
  CompletableFuture<Void> authenticate(Credentials credentials, Duration limit);

  /** Text of SSH_MSG_USERAUTH_BANNER so far, unescaped; empty if none came. */
  String banner();

  /**
   * Asks for a remote forward ({@code tcpip-forward}) without blocking anything. The forward stands
   * before the next packet is read, so a channel right behind the reply is served.
   *
   * @param acceptor called on the loop for each channel of this forward
   * @return the port: the one asked for, or the one the server chose when 0 was asked. Fails with
   *     {@link ForwardRefusedException}
   */
  CompletableFuture<BindAddress> requestForward(BindAddress wanted, Consumer<TcpipOpen> acceptor);

  /** Takes a forward back ({@code cancel-tcpip-forward}). Channels already open live on. */
  CompletableFuture<Void> cancelForward(BindAddress granted);

  /**
   * Opens a {@code direct-tcpip} channel. Fails with {@code ChannelRefusedException}.
   *
   * @param handler added to the pipeline before any byte is read
   */
  CompletableFuture<SshChannel> openDirectTcpip(
      BindAddress target, BindAddress originator, ChannelHandler handler);

  /**
   * Opens a session channel and starts a shell or a command. The future completes when the server
   * confirmed both; closing the channel ends the session.
   */
  CompletableFuture<SshChannel> openSession(SessionRequest request, SessionOutput output);

  /** Sends {@code keepalive@openssh.com}; completes at any answer. */
  CompletableFuture<Void> keepalive();

  /** Time of the last inbound byte, on the {@link System#nanoTime()} scale. */
  long lastReadNanos();

  /** Completes when the connection is gone, with what ended it; never fails. */
  CompletableFuture<String> closed();

  /** Sends SSH_MSG_DISCONNECT (by application) and closes. Returns at once; idempotent. */
  @Override
  void close();
}
