package dev.porthole.testing;

import dev.porthole.ssh.hostkey.HostKey;
import dev.porthole.ssh.hostkey.HostKeyCheck;
import java.util.List;

/** Trusts any host key, for tests about what comes after. */
public final class TrustAll implements HostKeyCheck {
  private TrustAll() {}

  /** A check that passes. */
  public static HostKeyCheck keys() {
    return new TrustAll();
  }

  @Override
  public void verify(HostKey key) {}

  @Override
  public List<String> knownTypes() {
    return List.of();
  }
}
