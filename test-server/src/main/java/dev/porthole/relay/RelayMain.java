package dev.porthole.relay;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a relay with its defaults, for who has this module alone; {@code porthole relay} can more.
 */
public final class RelayMain {
  private RelayMain() {}

  /**
   * Arguments: SSH port, HTTP port; both may be left out.
   *
   * @throws IOException a port cannot be opened
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    RelayBuilder builder = Relay.builder();
    builder.sshPort(args.length > 0 ? Integer.parseInt(args[0]) : 0);
    builder.httpPort(args.length > 1 ? Integer.parseInt(args[1]) : 0);
    try (Relay relay = builder.start()) {
      System.out.printf(
          "ssh -p %d -R 0:localhost:8000 127.0.0.1   (visitors: http://….localhost:%d)%n",
          relay.sshPort(), relay.httpPort());
      new CountDownLatch(1).await();
    }
  }
}
