package dev.porthole.ssh.channel;

import dev.porthole.ssh.SshException;

/** The peer broke the protocol in a way that cannot be overlooked: the connection has to end. */
public final class ProtocolErrorException extends SshException {
  private static final long serialVersionUID = 1L;

  ProtocolErrorException(String message) {
    super(message, null);
  }
}
