package dev.porthole.tunnel.interop;

import java.nio.file.Path;

/** HTTP through OpenSSH's sshd, which passes bytes and knows nothing of HTTP. */
final class HttpThroughOpenSshIT extends HttpSuite {
  @Override
  RelayUnderTest start(Path below) {
    return OpenSshRelay.start(below);
  }
}
