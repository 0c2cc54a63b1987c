package dev.porthole.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A key pair made by OpenSSH's ssh-keygen.
 *
 * @param file the private key, OpenSSH format, mode 0600
 * @param publicLine the public key as in {@code authorized_keys}
 */
public record SshKey(Path file, String publicLine) {

  /** A key without passphrase; the type is {@code ed25519}, {@code ecdsa} or {@code rsa}. */
  public static SshKey create(Path folder, String type) {
    return create(folder, type, "");
  }

  /** A key encrypted with a passphrase. */
  public static SshKey create(Path folder, String type, String passphrase) {
    String keygen = Peers.program("ssh-keygen").toString();
    try {
      Path file = Files.createTempDirectory(folder, "key").resolve("id_" + type);
      Programs.mustRun(
          Duration.ofSeconds(60),
          keygen,
          "-q",
          "-t",
          type,
          "-N",
          passphrase,
          "-C",
          "porthole-test",
          "-f",
          file.toString());
      Path pub = file.resolveSibling(file.getFileName() + ".pub");
      return new SshKey(file, Files.readString(pub, StandardCharsets.UTF_8).trim());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Type and base64 of the public key, without comment. */
  public String bare() {
    String[] words = publicLine.split(" ", 3);
    return words[0] + " " + words[1];
  }

  /** A line of known_hosts for a server with this host key. */
  public String knownHostsLine(String host, int port) {
    return "[" + host + "]:" + port + " " + bare();
  }
}
