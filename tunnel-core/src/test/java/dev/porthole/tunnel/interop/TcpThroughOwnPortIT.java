package dev.porthole.tunnel.interop;

import java.io.IOException;
import java.nio.file.Path;

/** TCP through a port of our relay. */
final class TcpThroughOwnPortIT extends TcpSuite {
  @Override
  RelayUnderTest start(Path below) throws IOException {
    return OwnRelay.tcp();
  }
}
