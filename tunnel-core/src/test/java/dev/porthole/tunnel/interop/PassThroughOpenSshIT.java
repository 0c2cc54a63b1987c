package dev.porthole.tunnel.interop;

import java.nio.file.Path;

/** TLS, HTTP/2 and SSH through OpenSSH's sshd. */
final class PassThroughOpenSshIT extends PassThroughSuite {
  @Override
  RelayUnderTest start(Path below) {
    return OpenSshRelay.start(below);
  }
}
