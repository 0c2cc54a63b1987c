package dev.porthole.ssh.client;

import dev.porthole.ssh.algorithm.Rehearsal;
import dev.porthole.ssh.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the first connection of a JVM waits for: the classes of Netty and MINA, the native library,
 * the cryptography. Done once, by whoever comes first; another thread waits for it, so that no two
 * initialise the same classes from two ends.
 */
final class FirstUse {
  private static final Logger LOGGER = LoggerFactory.getLogger(FirstUse.class);
  private static boolean done;

  private FirstUse() {}

  static synchronized void prepare() {
    if (done) {
      return;
    }
    done = true;
    EventLoops.prepare();
    try {
      Rehearsal.run();
    } catch (Exception e) { // MINA's algorithms declare it; the connection will meet it and tell it
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("cryptography not prepared");
    }
  }
}
