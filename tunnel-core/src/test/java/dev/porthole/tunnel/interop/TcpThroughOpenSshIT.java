package dev.porthole.tunnel.interop;

import java.nio.file.Path;

/** TCP through OpenSSH's sshd. */
final class TcpThroughOpenSshIT extends TcpSuite {
  @Override
  RelayUnderTest start(Path below) {
    return OpenSshRelay.start(below);
  }
}
