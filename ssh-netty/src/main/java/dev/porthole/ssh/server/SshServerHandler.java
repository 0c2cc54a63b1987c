package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.TcpipOpen;
import io.netty.channel.Channel;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What a server does with its connections. Every method runs on the event loop of the connection it
 * is about and must not block.
 */
public interface SshServerHandler {

  /**
   * A connection came in. Empty lets it in; a sentence refuses it, with the reason
   * SSH_DISCONNECT_TOO_MANY_CONNECTIONS.
   */
  default Optional<String> onConnection(Channel connection) {
    return Optional.empty();
  }

  /** Whether method {@code none} is enough for this user name (RFC 4252 section 5.2). */
  boolean acceptsNone(SshServerConnection connection, String user);

  /** Whether a password is right; also used for keyboard-interactive. */
  boolean acceptsPassword(SshServerConnection connection, String user, String password);

  /** Whether a key may log in; ownership is proved by the caller. */
  boolean acceptsKey(SshServerConnection connection, String user, PublicKey key);

  /** The user is known from here on. */
  void onAuthenticated(SshServerConnection connection);

  /**
   * {@code tcpip-forward}. Complete with the granted address (the requested host, a port other than
   * 0), or exceptionally to refuse. Replies keep the order of requests, however late this
   * completes.
   */
  CompletionStage<BindAddress> onForwardRequest(
      SshServerConnection connection, BindAddress requested);

  /** {@code cancel-tcpip-forward}; false if there was none. */
  boolean onForwardCancel(SshServerConnection connection, BindAddress granted);

  /** {@code direct-tcpip}: accept or refuse, now or later. */
  void onDirectTcpip(SshServerConnection connection, TcpipOpen open);

  /** A session channel asked for a shell or a command. */
  void onSession(SshServerConnection connection, SessionStart start);

  /** The connection is gone; called once, also if it never authenticated. */
  void onClosed(SshServerConnection connection);
}
