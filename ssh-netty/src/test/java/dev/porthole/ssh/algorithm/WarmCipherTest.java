package dev.porthole.ssh.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The cipher is exercised for real: what was sealed thousands of times is opened again. */
final class WarmCipherTest {

  @Test
  void everyPacketComesBack() throws Exception {
    byte[] packet = WarmCipher.warm();
    byte[] payload = Arrays.copyOf(packet, packet.length - 16);
    assertThat(payload).containsOnly(0);
  }
}
