package dev.porthole.ssh.auth;

import dev.porthole.ssh.auth.KeyFileException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Pattern;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Reads private keys: OpenSSH's own format (also encrypted) and PEM. Blocks. */
public final class KeyFiles {
  private static final int MAX_TRIES = 3;

  /** Enough of a file to see what it is, in bytes. */
  private static final int START = 64;

  private static final Pattern PUBLIC_KEY =
      Pattern.compile("(ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+ AAAA|---- BEGIN SSH2 PUBLIC KEY");

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
    checkKind(file);
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

  /** What is no private key of OpenSSH's by its first line is better named than refused. */
  private static void checkKind(Path file) throws KeyFileException {
    String start = start(file);
    if (start.startsWith("PuTTY-User-Key-File-")) {
      throw unreadable(
          file
              + " is a PuTTY key. Convert it: puttygen "
              + file
              + " -O private-openssh-new -o KEY");
    }
    if (start.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      throw unreadable(
          file
              + " is an encrypted PKCS#8 key, which we cannot open. Convert it: ssh-keygen -p -f "
              + file);
    }
    if (PUBLIC_KEY.matcher(start).lookingAt()) {
      String name = file.toString();
      String advice =
          name.endsWith(".pub")
              ? " Name the private one: " + name.substring(0, name.length() - 4) + "."
              : " Name the private one.";
      throw unreadable(file + " is a public key." + advice);
    }
  }

  private static KeyFileException unreadable(String message) {
    return new KeyFileException(Problem.UNREADABLE, message, null);
  }

  private static String start(Path file) throws KeyFileException {
    if (Files.isDirectory(file)) {
      throw unreadable(file + " is a folder, no private key.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(START), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new KeyFileException(Problem.UNREADABLE, "Cannot read " + file + ": " + e, e);
    }
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
