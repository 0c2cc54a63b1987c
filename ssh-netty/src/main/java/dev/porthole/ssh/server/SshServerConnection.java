package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The server end of one SSH connection. Methods may be called on any thread. */
public interface SshServerConnection {

  /** Unique while the server runs. */
  long id();

  /** The loop all channels of this connection live on. */
  EventLoop loop();

  /** The user name; empty before authentication. */
  String user();

  /** The key the client proved to own, if it authenticated with one. */
  Optional<PublicKey> key();

  /** Where the client connects from. */
  InetSocketAddress remoteAddress();

  /** The client's identification string without {@code SSH-2.0-}. */
  String clientVersion();

  /**
   * Opens a {@code forwarded-tcpip} channel for a visitor. Fails with {@code
   * ChannelRefusedException} or {@code ConnectionLostException}.
   *
   * @param bound the forward as the client asked for it, with the granted port
   * @param originator the visitor
   * @param handler added to the pipeline before any byte is read; {@code autoRead} is off
   */
  CompletableFuture<SshChannel> openForwardedTcpip(
      BindAddress bound, BindAddress originator, ChannelHandler handler);

  /** Time of the last inbound byte, on the {@link System#nanoTime()} scale. */
  long lastReadNanos();

  /** Sends {@code keepalive@openssh.com}; completes at any answer. */
  CompletableFuture<Void> keepalive();

  /** Sends SSH_MSG_DISCONNECT with a text for the user, and closes. */
  void disconnect(String message);

  /** Completes when the connection is gone; never fails. */
  CompletableFuture<Void> closed();
}
