package dev.porthole.client.exit;

import dev.porthole.tunnel.TunnelException;

/** How the command ends. Scripts rely on the numbers; docs/command.md lists them. */
public enum ExitCode {
  /** All went well, or the user closed the tunnel. */
  OK(0),
  /** A bug of ours. */
  INTERNAL(1),
  /** What was typed cannot be done. */
  USAGE(2),
  /** The configuration file is wrong. */
  CONFIG(3),
  /** The relay's name has no address. */
  NAME_NOT_RESOLVED(4),
  /** The relay cannot be reached. */
  UNREACHABLE(5),
  /** What answered is no SSH server, or none we can talk to. */
  PROTOCOL(6),
  /** The host key is unknown, revoked or changed. */
  HOST_KEY(7),
  /** The relay did not let us in. */
  AUTHENTICATION(8),
  /** The relay refused the forward. */
  FORWARD_REFUSED(9),
  /** The connection was lost and is not made again. */
  CONNECTION_LOST(10),
  /** A second Ctrl-C: stopped without waiting for visitors. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** What the shell sees. */
  public int number() {
    return number;
  }

  /** The code of a tunnel's failure; the type decides. */
  public static ExitCode of(TunnelException failure) {
    if (failure instanceof TunnelException.NameNotResolved) {
      return NAME_NOT_RESOLVED;
    }
    if (failure instanceof TunnelException.RelayUnreachable) {
      return UNREACHABLE;
    }
    if (failure instanceof TunnelException.ProtocolViolation) {
      return PROTOCOL;
    }
    if (failure instanceof TunnelException.HostKeyRefused) {
      return HOST_KEY;
    }
    if (failure instanceof TunnelException.AuthenticationRefused) {
      return AUTHENTICATION;
    }
    return failure instanceof TunnelException.ForwardRefused ? FORWARD_REFUSED : CONNECTION_LOST;
  }
}
