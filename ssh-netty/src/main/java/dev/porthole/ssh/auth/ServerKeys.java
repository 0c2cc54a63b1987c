package dev.porthole.ssh.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** Host keys of a server. Blocks. */
public final class ServerKeys {
  private ServerKeys() {}

  /** A new ed25519 key (RFC 8709). */
  public static KeyPair generate() {
    try {
      return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no ed25519 at hand", e);
    }
  }

  /**
   * Reads the keys of a file, or writes a new one to it that only its owner can read.
   *
   * @throws IOException the file can be neither read nor written; the message says why
   */
  public static List<KeyPair> loadOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    return KeyFiles.load(file, Optional::empty);
  }

  private static void create(Path file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
          generate(), "porthole host key", new OpenSSHKeyEncryptionContext(), text);
    } catch (GeneralSecurityException e) {
      throw new IOException("The new host key could not be encoded: " + e.getMessage(), e);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try {
      Files.createFile(file, ownerOnly(file));
      Files.write(file, text.toByteArray(), StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("Another program has just made " + file + "; start again.", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
