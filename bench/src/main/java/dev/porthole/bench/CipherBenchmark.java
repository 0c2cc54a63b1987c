package dev.porthole.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** AES-GCM alone, used as SSH uses it: a new nonce for each packet, in place. The other floor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CipherBenchmark {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** Bytes of one packet. */
  @Param({"112", "32784"})
  public int size;

  private Cipher cipher;
  private SecretKey key;
  private byte[] packet;
  private long number;

  /** Makes the cipher and one packet. */
  @Setup
  public void prepare() throws GeneralSecurityException {
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
    key = new SecretKeySpec(new byte[16], "AES");
    packet = new byte[size + TAG_BYTES];
  }

  /** One packet encrypted. */
  @Benchmark
  public int encrypt() throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(nonce).putLong(number++);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    return cipher.doFinal(packet, 0, size, packet, 0);
  }
}
