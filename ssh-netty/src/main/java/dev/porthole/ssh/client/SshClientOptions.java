package dev.porthole.ssh.client;

import java.util.List;

/**
 * How SSH is spoken.
 *
 * @param compression offer {@code zlib@openssh.com} first
 * @param ciphers cipher names in order of preference; empty means the built-in list, AES-GCM first
 * @param macs MAC names in order of preference; empty means the built-in list
 */
public record SshClientOptions(boolean compression, List<String> ciphers, List<String> macs) {

  /** Copies the lists. */
  public SshClientOptions {
    ciphers = List.copyOf(ciphers);
    macs = List.copyOf(macs);
  }

  /** No compression, AES-GCM first. */
  public static SshClientOptions defaults() {
    return new SshClientOptions(false, List.of(), List.of());
  }
}
