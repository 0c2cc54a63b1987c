package dev.porthole.tunnel.interop;

import java.io.IOException;
import java.nio.file.Path;

/** HTTP through our relay, which reads each request to find its tunnel. */
final class HttpThroughOwnEdgeIT extends HttpSuite {
  @Override
  RelayUnderTest start(Path below) throws IOException {
    return OwnRelay.http();
  }
}
