package dev.porthole.tunnel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a tunnel is not up. The type decides what happens next, never the text. Messages say what was
 * tried, what happened, and what to do; they hold no secret, and text from the network only
 * escaped.
 */
public abstract sealed class TunnelException extends IOException {
  private static final long serialVersionUID = 1L;

  private TunnelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether trying again later can help without anybody changing anything. */
  public abstract boolean retryable();

  /** The relay's name has no address. */
  public static final class NameNotResolved extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** With the resolver's error as cause. */
    public NameNotResolved(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** No address of the relay could be connected to. */
  public static final class RelayUnreachable extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** With the last connect error as cause. */
    public RelayUnreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** Something answered, but it was not an SSH server we can talk to. */
  public static final class ProtocolViolation extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** With what was seen as cause. */
    public ProtocolViolation(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The relay's host key is unknown (strict mode), revoked, or changed. */
  public static final class HostKeyRefused extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** The message holds the fingerprints and the known_hosts line. */
    public HostKeyRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The relay accepted none of our credentials, or a key file could not be used. */
  public static final class AuthenticationRefused extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** The message names the methods left. */
    public AuthenticationRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The relay refused every forward, or one of them where all were demanded. */
  public static final class ForwardRefused extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** The message names the forward. */
    public ForwardRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The connection ended. */
  public static final class ConnectionLost extends TunnelException {
    private static final long serialVersionUID = 1L;

    /** The message holds the relay's reason, escaped. */
    public ConnectionLost(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
