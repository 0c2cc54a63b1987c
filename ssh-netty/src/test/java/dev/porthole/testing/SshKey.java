package dev.porthole.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

  /** A key encrypted with a passphrase; more options of ssh-keygen, such as {@code -m PEM}. */
  public static SshKey create(Path folder, String type, String passphrase, String... options) {
    try {
      Path file = Files.createTempDirectory(folder, "key").resolve("id_" + type);
      List<String> command = new ArrayList<>();
      command.addAll(List.of(Peers.program("ssh-keygen").toString(), "-q", "-t", type));
      command.addAll(List.of("-N", passphrase, "-C", "porthole-test", "-f", file.toString()));
      command.addAll(List.of(options));
      Programs.mustRun(Duration.ofSeconds(60), command.toArray(String[]::new));
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
