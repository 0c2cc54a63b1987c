package dev.porthole.ssh.auth;

import dev.porthole.ssh.auth.KeyFileException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads private keys: OpenSSH's own format (also encrypted) and PEM. Blocks. */
public final class KeyFiles {
  private static final int MAX_TRIES = 3;

  private KeyFiles() {}

  /**
   * Loads the keys of a file. Like ssh, refuses one that others can read.
   *
   * @param passphrase asked when the key is encrypted, up to three times; empty gives up
   */
  public static List<KeyPair> load(Path file, Supplier<Optional<String>> passphrase)
      throws KeyFileException {
    if (!Files.exists(file)) {
      throw new KeyFileException(Problem.NOT_FOUND, "There is no key file " + file + ".", null);
    }
    checkMode(file);
    Asking asking = new Asking(passphrase);
    try (InputStream in = Files.newInputStream(file)) {
      List<KeyPair> keys = new ArrayList<>();
      Iterable<KeyPair> loaded =
          SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), in, asking);
      if (loaded != null) {
        loaded.forEach(keys::add);
      }
      if (keys.isEmpty()) {
        throw failed(file, asking, null);
      }
      return keys;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // MINA's loaders throw any of these for the same reasons.
      throw e instanceof KeyFileException known ? known : failed(file, asking, e);
    }
  }

  private static KeyFileException failed(Path file, Asking asking, @Nullable Exception cause) {
    if (asking.tries > 0) {
      String what = asking.gaveUp ? "no passphrase was given" : "the passphrase is wrong";
      return new KeyFileException(
          Problem.LOCKED,
          "Key "
              + file
              + " is encrypted and "
              + what
              + ". Add it to the agent (ssh-add "
              + file
              + ") or type its passphrase.",
          cause);
    }
    return new KeyFileException(
        Problem.UNREADABLE,
        file + " is no private key we can read. Expected OpenSSH or PEM format.",
        cause);
  }

  private static void checkMode(Path file) throws KeyFileException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      boolean open =
          mode.stream()
              .anyMatch(p -> p.name().startsWith("GROUP_") || p.name().startsWith("OTHERS_"));
      if (open) {
        throw new KeyFileException(
            Problem.TOO_OPEN,
            "Key " + file + " can be read by others, so it is not used. Run: chmod 600 " + file,
            null);
      }
    } catch (KeyFileException e) {
      throw e;
    } catch (IOException e) {
      throw new KeyFileException(Problem.UNREADABLE, "Cannot look at " + file + ": " + e, e);
    }
  }

  /** Asks for the passphrase, and again while it is wrong. */
  private static final class Asking implements FilePasswordProvider {
    private final Supplier<Optional<String>> passphrase;
    private int tries;
    private boolean gaveUp;

    private Asking(Supplier<Optional<String>> passphrase) {
      this.passphrase = passphrase;
    }

    @Override
    public @Nullable String getPassword(SessionContext session, NamedResource resource, int retry) {
      tries++;
      Optional<String> answer = passphrase.get();
      gaveUp = answer.isEmpty();
      return answer.orElse(null);
    }

    @Override
    public ResourceDecodeResult handleDecodeAttemptResult(
        SessionContext session,
        NamedResource resource,
        int retry,
        String password,
        Exception failure) {
      return failure != null && !gaveUp && tries < MAX_TRIES
          ? ResourceDecodeResult.RETRY
          : ResourceDecodeResult.TERMINATE;
    }
  }
}
