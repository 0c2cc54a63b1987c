package dev.porthole.ssh.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import dev.porthole.ssh.auth.KeyFileException.Problem;
import dev.porthole.testing.SshKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys as ssh-keygen writes them, and files that are none. */
final class KeyFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ed25519, RFC4716",
    "ecdsa, RFC4716",
    "rsa, RFC4716",
    "ecdsa, PEM",
    "rsa, PEM",
    "ecdsa, PKCS8",
    "rsa, PKCS8"
  })
  void keyOpensWithoutAQuestion(String type, String format) throws Exception {
    SshKey key = SshKey.create(folder, type, "", "-m", format);

    assertThat(KeyFiles.load(key.file(), KeyFilesTest::asksNobody))
        .singleElement()
        .satisfies(pair -> assertThat(publicPart(pair)).isEqualTo(key.bare()));
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, aes256-ctr",
    "ed25519, aes256-gcm@openssh.com",
    "ecdsa, aes128-ctr",
    "rsa, aes256-cbc",
    "ed25519, chacha20-poly1305@openssh.com"
  })
  void encryptedKeyOpensWithItsPassphrase(String type, String cipher) throws Exception {
    SshKey key = SshKey.create(folder, type, "sésame öffne dich", "-Z", cipher);

    assertThat(KeyFiles.load(key.file(), () -> Optional.of("sésame öffne dich")))
        .singleElement()
        .satisfies(pair -> assertThat(publicPart(pair)).isEqualTo(key.bare()));
  }

  @Test
  void encryptedPemKeyOpensWithItsPassphrase() throws Exception {
    SshKey key = SshKey.create(folder, "rsa", "sesame", "-m", "PEM");
    assertThat(key.file()).content().contains("DEK-Info: AES-128-CBC");

    assertThat(KeyFiles.load(key.file(), () -> Optional.of("sesame")))
        .singleElement()
        .satisfies(pair -> assertThat(publicPart(pair)).isEqualTo(key.bare()));
  }

  @Test
  void mistypedPassphraseMayBeTypedAgain() throws Exception {
    SshKey key = SshKey.create(folder, "ed25519", "sesame");
    Queue<String> typed = new ArrayDeque<>(List.of("simsala", "bim", "sesame"));

    assertThat(KeyFiles.load(key.file(), () -> Optional.of(typed.remove()))).hasSize(1);
    assertThat(typed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RFC4716", "PEM"})
  void threeWrongPassphrasesAreEnough(String format) {
    SshKey key = SshKey.create(folder, "rsa", "sesame", "-m", format);
    Queue<String> typed = new ArrayDeque<>(List.of("one", "two", "three", "four"));

    unusable(key.file(), () -> Optional.of(typed.remove()), Problem.LOCKED)
        .hasMessageContaining(key.file() + " is encrypted and the passphrase is wrong")
        .hasMessageContaining("ssh-add " + key.file());
    assertThat(typed).containsExactly("four");
  }

  @Test
  void whoDoesNotKnowThePassphraseIsAskedOnce() {
    SshKey key = SshKey.create(folder, "ed25519", "sesame");
    Queue<Optional<String>> answers = new ArrayDeque<>(List.of(Optional.empty()));

    unusable(key.file(), answers::remove, Problem.LOCKED)
        .hasMessageContaining("no passphrase was given");
  }

  @Test
  void encryptedPkcs8KeyIsNamedAndTheWayOutToo() {
    SshKey key = SshKey.create(folder, "rsa", "sesame", "-m", "PKCS8");

    unusable(key.file(), () -> Optional.of("sesame"), Problem.UNREADABLE)
        .hasMessageContaining("PKCS#8")
        .hasMessageContaining("ssh-keygen -p -f " + key.file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwxrwxrwx", "rw--w----"})
  void keyOthersMayTouchIsNotUsed(String mode) throws Exception {
    SshKey key = SshKey.create(folder, "ed25519");
    Files.setPosixFilePermissions(key.file(), PosixFilePermissions.fromString(mode));

    unusable(key.file(), KeyFilesTest::asksNobody, Problem.TOO_OPEN)
        .hasMessageContaining("chmod 600 " + key.file());
  }

  @Test
  void publicKeyGivenByMistakeIsNamedAsOne() {
    SshKey key = SshKey.create(folder, "ed25519");
    Path publicFile = Path.of(key.file() + ".pub");

    unusable(publicFile, KeyFilesTest::asksNobody, Problem.UNREADABLE)
        .hasMessage(publicFile + " is a public key. Name the private one: " + key.file() + ".");
  }

  @Test
  void puttyKeyIsNamedAndTheWayOutToo() throws Exception {
    Path ppk = write("id.ppk", "PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: none\r\n");

    unusable(ppk, KeyFilesTest::asksNobody, Problem.UNREADABLE)
        .hasMessageContaining(ppk + " is a PuTTY key")
        .hasMessageContaining("puttygen " + ppk + " -O private-openssh-new -o ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a key at all\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUA\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "\u0000\u0001\u0002\u0003"
      })
  void whatIsNoKeyIsSaidToBeNone(String text) throws Exception {
    Path file = write("id_none", text);

    unusable(file, KeyFilesTest::asksNobody, Problem.UNREADABLE)
        .hasMessageContaining(file + " is no private key we can read");
  }

  @Test
  void folderIsNoKey() throws Exception {
    Path inside = Files.createDirectory(folder.resolve("keys"));
    Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwx------"));

    unusable(inside, KeyFilesTest::asksNobody, Problem.UNREADABLE)
        .hasMessageContaining("no private key");
  }

  @Test
  void missingFileIsSaidToBeMissing() {
    Path none = folder.resolve("id_ed25519");

    unusable(none, KeyFilesTest::asksNobody, Problem.NOT_FOUND)
        .hasMessage("There is no key file " + none + ".");
  }

  private static AbstractThrowableAssert<?, KeyFileException> unusable(
      Path file, Supplier<Optional<String>> passphrase, Problem problem) {
    AbstractThrowableAssert<?, KeyFileException> thrown =
        assertThatThrownBy(() -> KeyFiles.load(file, passphrase))
            .asInstanceOf(throwable(KeyFileException.class));
    thrown.satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    return thrown;
  }

  private static Optional<String> asksNobody() {
    throw new AssertionError("a key without passphrase asks for none");
  }

  private static String publicPart(KeyPair pair) {
    return PublicKeyEntry.toString(pair.getPublic());
  }

  private Path write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
