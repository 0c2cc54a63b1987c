package dev.porthole.ssh.hostkey;

import dev.porthole.testing.SshKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;

/** A key made by ssh-keygen, as a server would show it. */
record HostKeys(SshKey pair, HostKey shown) {

  static HostKeys create(Path folder, String type) {
    SshKey pair = SshKey.create(folder, type);
    try {
      return new HostKeys(
          pair,
          HostKey.of(
              AuthorizedKeyEntry.parseAuthorizedKeyEntry(pair.publicLine())
                  .resolvePublicKey(null, null)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a key of ssh-keygen cannot be read", e);
    }
  }

  /** Type and base64, as in known_hosts. */
  String bare() {
    return pair.bare();
  }
}
