package dev.porthole.ssh.algorithm;

import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.sshd.common.random.Random;
import org.apache.sshd.common.random.RandomFactory;

/**
 * Random bytes fetched in blocks, one buffer for each connection: packet padding needs a few bytes
 * per packet, and asking {@link SecureRandom} each time costs a quarter of a small packet. Locked,
 * since a key exchange may run on another thread than the packets.
 */
final class BufferedRandom implements Random {
  private static final int BLOCK = 4096;

  private final SecureRandom source = new SecureRandom();
  private final byte[] block = new byte[BLOCK];
  private int used = BLOCK;

  @Override
  public synchronized void fill(byte[] bytes, int start, int length) {
    int done = 0;
    while (done < length) {
      if (used == BLOCK) {
        source.nextBytes(block);
        used = 0;
      }
      int n = Math.min(length - done, BLOCK - used);
      System.arraycopy(block, used, bytes, start + done, n);
      // Given-out bytes may become key material: they must not stay behind.
      Arrays.fill(block, used, used + n, (byte) 0);
      used += n;
      done += n;
    }
  }

  @Override
  public synchronized int random(int bound) {
    return source.nextInt(bound);
  }

  @Override
  public String getName() {
    return "buffered";
  }

  /** Gives each connection its own. */
  static final class Factory implements RandomFactory {
    @Override
    public Random create() {
      return new BufferedRandom();
    }

    @Override
    public String getName() {
      return "buffered";
    }

    @Override
    public boolean isSupported() {
      return true;
    }
  }
}
