package dev.porthole.testing.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Any number of bytes that cannot be guessed, and their SHA-256, in constant memory. */
public final class ByteFlow {
  private static final int BLOCK = 64 * 1024;

  private ByteFlow() {}

  /**
   * How many bytes passed, and which.
   *
   * @param bytes their number
   * @param sha256 lower-case hex
   */
  public record Sum(long bytes, String sha256) {
    @Override
    public String toString() {
      return bytes + " " + sha256;
    }
  }

  /** Writes bytes that follow from the seed; same seed and length, same bytes. */
  public static Sum send(OutputStream to, long length, long seed) throws IOException {
    MessageDigest digest = sha256();
    byte[] block = new byte[BLOCK];
    long state = seed;
    for (long left = length; left > 0; ) {
      state = fill(block, state);
      int n = (int) Math.min(left, BLOCK);
      digest.update(block, 0, n);
      to.write(block, 0, n);
      left -= n;
    }
    to.flush();
    return new Sum(length, HexFormat.of().formatHex(digest.digest()));
  }

  /** The sum of what {@link #send} would write. */
  public static Sum expected(long length, long seed) {
    try {
      return send(OutputStream.nullOutputStream(), length, seed);
    } catch (IOException e) {
      throw new AssertionError("the null stream never fails", e);
    }
  }

  /** Reads to the end of the stream. */
  public static Sum receive(InputStream from) throws IOException {
    return receive(from, Long.MAX_VALUE);
  }

  /** Reads so many bytes, or to the end of the stream if that comes first. */
  public static Sum receive(InputStream from, long limit) throws IOException {
    MessageDigest digest = sha256();
    byte[] block = new byte[BLOCK];
    long total = 0;
    while (total < limit) {
      int n = from.read(block, 0, (int) Math.min(BLOCK, limit - total));
      if (n < 0) {
        break;
      }
      digest.update(block, 0, n);
      total += n;
    }
    return new Sum(total, HexFormat.of().formatHex(digest.digest()));
  }

  /** xorshift64*: fast enough not to be what is measured. */
  private static long fill(byte[] block, long seed) {
    long x = seed * 2 + 1;
    for (int i = 0; i < block.length; i += Long.BYTES) {
      x ^= x >>> 12;
      x ^= x << 25;
      x ^= x >>> 27;
      long word = x * 0x2545F4914F6CDD1DL;
      for (int j = 0; j < Long.BYTES; j++) {
        block[i + j] = (byte) (word >>> (8 * j));
      }
    }
    return x;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
