package dev.porthole.tunnel.interop;

import java.io.IOException;
import java.nio.file.Path;

/** TLS, HTTP/2 and SSH through a TCP port of our relay. */
final class PassThroughOwnPortIT extends PassThroughSuite {
  @Override
  RelayUnderTest start(Path below) throws IOException {
    return OwnRelay.tcp();
  }
}
