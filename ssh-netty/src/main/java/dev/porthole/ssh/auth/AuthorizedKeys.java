package dev.porthole.ssh.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** Reads a file of public keys in the format of OpenSSH's {@code authorized_keys}. Blocks. */
public final class AuthorizedKeys {
  private AuthorizedKeys() {}

  /**
   * The keys of a file, in order.
   *
   * @throws IOException the file cannot be read, a line is no key, or a line has options: they
   *     restrict a key, and one that is not understood must not be let in without its restriction
   */
  public static List<PublicKey> read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("There is no readable file of keys at " + file + ".");
    }
    List<PublicKey> keys = new ArrayList<>();
    for (AuthorizedKeyEntry entry : entries(file)) {
      if (!entry.getLoginOptions().isEmpty()) {
        throw new IOException(
            file
                + " has a key with options ("
                + String.join(", ", entry.getLoginOptions().keySet())
                + "), which are not supported here. Take the options or the line out.");
      }
      keys.add(key(file, entry));
    }
    return keys;
  }

  private static List<AuthorizedKeyEntry> entries(Path file) throws IOException {
    try {
      return AuthorizedKeyEntry.readAuthorizedKeys(file);
    } catch (IOException | IllegalArgumentException e) { // both mean a line that is none
      throw new IOException(file + " has a line that is no public key: " + e.getMessage(), e);
    }
  }

  private static PublicKey key(Path file, AuthorizedKeyEntry entry) throws IOException {
    try {
      return entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException(
          file + " has a key of type " + entry.getKeyType() + " that cannot be read.", e);
    }
  }
}
