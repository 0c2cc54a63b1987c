package dev.porthole.ssh.algorithm;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.cipher.Cipher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the JVM compile AES-GCM before bytes are waiting for it. It uses the processor's AES only
 * in compiled callers, and compiles after some thousand calls: with packets of 32 KiB that is the
 * first hundred megabytes, with tiny ones a tenth of a second (docs/performance.md).
 */
public final class WarmCipher {
  private static final Logger LOGGER = LoggerFactory.getLogger(WarmCipher.class);
  private static final int PACKETS = 6_000;
  private static final int LENGTH_FIELD = 4;
  private static final int PAYLOAD = 96;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private WarmCipher() {}

  /** Begins on a thread of its own, once in the life of the JVM; returns at once. */
  public static void begin() {
    if (BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(WarmCipher::run, "porthole-warm");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void run() {
    try {
      warm();
    } catch (Exception e) { // MINA's ciphers declare it; without warmth everything works, slower
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("cipher not warmed");
    }
  }

  /** There and back, as the two directions of a connection do it. */
  static byte[] warm() throws Exception {
    Cipher seal = Rehearsal.cipher(Cipher.Mode.Encrypt);
    Cipher open = Rehearsal.cipher(Cipher.Mode.Decrypt);
    byte[] packet = new byte[LENGTH_FIELD + PAYLOAD + seal.getAuthenticationTagSize()];
    for (int i = 0; i < PACKETS; i++) {
      seal.updateAAD(packet, 0, LENGTH_FIELD);
      seal.update(packet, LENGTH_FIELD, PAYLOAD);
      open.updateAAD(packet, 0, LENGTH_FIELD);
      open.update(packet, LENGTH_FIELD, PAYLOAD);
    }
    return packet;
  }
}
