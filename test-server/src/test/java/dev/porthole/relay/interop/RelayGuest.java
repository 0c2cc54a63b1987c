package dev.porthole.relay.interop;

import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import dev.porthole.testing.client.Strangers;
import java.nio.file.Path;

/** Every stranger that logs in to the relay: programs, and libraries in this JVM. */
enum RelayGuest {
  SSH,
  /** It has no way to cancel a forward. */
  DBCLIENT,
  /**
   * Port 0 is a service it cannot look up, so it asks for web forwards by port 80, and for TCP
   * forwards by number. It has no way to cancel a forward.
   */
  PLINK,
  ASYNCSSH,
  PARAMIKO,
  SSH2,
  JSCH,
  SSHJ;

  private boolean isLibrary() {
    return this == JSCH || this == SSHJ;
  }

  boolean takesPortZero() {
    return isLibrary() || Strangers.valueOf(name()).takesPortZero();
  }

  /** The port of a request for a name: any, or what stands for the web. */
  int webPort() {
    return takesPortZero() ? 0 : 80;
  }

  /** Connects, or skips the test when the client is not installed. */
  StrangerClient connect(Path folder, SshLogin login, RemoteForward... forwards) {
    return switch (this) {
      case JSCH -> new JschClient(login, forwards);
      case SSHJ -> new SshjClient(login, forwards);
      default -> Strangers.valueOf(name()).connect(folder, login, forwards);
    };
  }
}
