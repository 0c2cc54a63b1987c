package dev.porthole.tunnel.interop;

import java.io.IOException;
import java.nio.file.Path;

/** HTTP through a TCP port of our relay, which passes bytes. */
final class HttpThroughOwnPortIT extends HttpSuite {
  @Override
  RelayUnderTest start(Path below) throws IOException {
    return OwnRelay.tcp();
  }
}
