package dev.porthole.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.porthole.ssh.hostkey.KnownHostsCheck.Strictness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractObjectAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a server's key is taken, and what the user reads if not. */
final class KnownHostsCheckTest {
  @TempDir static Path shared;
  private static HostKeys ours;
  private static HostKeys theirs;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void makeKeys() {
    ours = HostKeys.create(shared, "ed25519");
    theirs = HostKeys.create(shared, "ed25519");
  }

  @BeforeEach
  void nameFile() {
    file = folder.resolve("known_hosts");
  }

  @ParameterizedTest
  @EnumSource
  void keyThatIsKnownIsTakenAndNotWrittenAgain(Strictness strictness) throws Exception {
    write("[h]:2222 " + ours.bare());
    KnownHostsCheck check = check(strictness, "h", 2222);

    check.verify(ours.shown());

    assertThat(check.remember()).isEmpty();
    assertThat(check.warning()).isEmpty();
  }

  @Test
  void strictRefusesWhatItDoesNotKnowAndSaysHowToGoOn() throws Exception {
    KnownHostsCheck check = check(Strictness.STRICT, "h", 2222);

    rejected(check, ours)
        .returns(false, HostKeyRejectedException::changed)
        .returns(ours.shown(), HostKeyRejectedException::offered)
        .extracting(Throwable::getMessage, STRING)
        .contains(ours.shown().fingerprint(), "ssh-keyscan -p 2222 h", "accept-new");
    assertThat(check.remember()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCEPT_NEW", "OFF"})
  void newKeyIsWrittenOnceAndThenKnown(Strictness strictness) throws Exception {
    KnownHostsCheck check = check(strictness, "h", 2222);
    check.verify(ours.shown());

    assertThat(check.remember()).contains(file);
    assertThat(check.remember()).isEmpty();
    assertThat(file).hasContent("[h]:2222 " + ours.bare());
    assertThatCode(() -> check(Strictness.STRICT, "h", 2222).verify(ours.shown()))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(names = {"STRICT", "ACCEPT_NEW"})
  void changedKeyIsRefusedWithBothFingerprintsAndTheLine(Strictness strictness) throws Exception {
    write("# mine\nh " + ours.bare());
    KnownHostsCheck check = check(strictness, "h", 22);

    rejected(check, theirs)
        .returns(true, HostKeyRejectedException::changed)
        .extracting(Throwable::getMessage, STRING)
        .contains(
            "has changed",
            ours.shown().fingerprint(),
            theirs.shown().fingerprint(),
            file + ", line 2",
            "ssh-keygen -f \"" + file + "\" -R \"h\"");
    assertThat(check.remember()).isEmpty();
  }

  @Test
  void switchedOffTakesAChangedKeyWithAWarningAndWritesNothing() throws Exception {
    write("h " + ours.bare() + "\n");
    KnownHostsCheck check = check(Strictness.OFF, "h", 22);

    check.verify(theirs.shown());

    assertThat(check.warning()).hasValueSatisfying(text -> assertThat(text).contains("changed"));
    assertThat(check.remember()).isEmpty();
    assertThat(file).hasContent("h " + ours.bare());
  }

  @ParameterizedTest
  @EnumSource
  void revokedKeyIsNeverTaken(Strictness strictness) throws Exception {
    write("@revoked * " + ours.bare() + "\nh " + ours.bare());

    rejected(check(strictness, "h", 22), ours)
        .extracting(Throwable::getMessage, STRING)
        .contains("revoked", "line 1");
  }

  @Test
  void revokedKeyOfAServerSaysNothingAboutItsNewOne() throws Exception {
    write("@revoked h " + ours.bare());

    KnownHostsCheck check = check(Strictness.ACCEPT_NEW, "h", 22);

    assertThat(check.knownTypes()).isEmpty();
    check.verify(theirs.shown());
    assertThat(check.remember()).contains(file);
  }

  @Test
  void oneOfSeveralKeysIsEnough() throws Exception {
    write("h " + theirs.bare() + "\nh " + ours.bare());

    assertThatCode(() -> check(Strictness.STRICT, "h", 22).verify(ours.shown()))
        .doesNotThrowAnyException();
  }

  @Test
  void typesThatAreKnownAreAskedForFirst() throws Exception {
    HostKeys rsa = HostKeys.create(folder, "rsa");
    write("h " + ours.bare() + "\nh " + rsa.bare() + "\nother " + theirs.bare());

    assertThat(check(Strictness.STRICT, "h", 22).knownTypes())
        .containsExactly("ssh-ed25519", "ssh-rsa");
    assertThat(check(Strictness.STRICT, "unheard-of", 22).knownTypes()).isEmpty();
  }

  @Test
  void withoutAFileANewKeyIsTakenAndForgotten() throws Exception {
    KnownHostsCheck none = KnownHostsCheck.read(Strictness.ACCEPT_NEW, List.of(), "h", 22);
    none.verify(ours.shown());
    assertThat(none.remember()).isEmpty();

    KnownHostsCheck nowhere =
        KnownHostsCheck.read(Strictness.ACCEPT_NEW, List.of(Path.of("/dev/null")), "h", 22);
    nowhere.verify(ours.shown());
    assertThat(nowhere.remember()).isEmpty();
  }

  @Test
  void fileThatCannotBeWrittenIsToldAndTheKeyStaysTaken() throws Exception {
    Path noFolder = Files.writeString(folder.resolve("plain-file"), "");
    KnownHostsCheck check =
        KnownHostsCheck.read(
            Strictness.ACCEPT_NEW, List.of(noFolder.resolve("known_hosts")), "h", 22);

    check.verify(ours.shown());

    assertThatThrownBy(check::remember).isInstanceOf(IOException.class);
  }

  @Test
  void publishedKeyOfARelayGoesBeforeTheFirstVisit() throws Exception {
    rejected(check(Strictness.ACCEPT_NEW, "free.pinggy.io", 443), ours)
        .returns(true, HostKeyRejectedException::changed)
        .extracting(Throwable::getMessage, STRING)
        .contains(
            "not the published one", ours.shown().fingerprint(), Pins.pinned("pinggy.io").get());
  }

  @Test
  void usersOwnLineGoesBeforeThePublishedKey() throws Exception {
    write("[free.pinggy.io]:443 " + ours.bare());

    assertThatCode(() -> check(Strictness.STRICT, "free.pinggy.io", 443).verify(ours.shown()))
        .doesNotThrowAnyException();
  }

  @Test
  void pinsHoldForADomainAndWhatIsUnderIt() {
    assertThat(List.of("pinggy.io", "eu.free.pinggy.io", "PRO.Pinggy.IO"))
        .allSatisfy(host -> assertThat(Pins.pinned(host)).isPresent());
    assertThat(List.of("evilpinggy.io", "pinggy.io.evil.org", "pinggy.com", ""))
        .allSatisfy(host -> assertThat(Pins.pinned(host)).isEmpty());
  }

  private static AbstractObjectAssert<?, HostKeyRejectedException> rejected(
      KnownHostsCheck check, HostKeys offered) {
    return assertThatThrownBy(() -> check.verify(offered.shown()))
        .asInstanceOf(type(HostKeyRejectedException.class));
  }

  private KnownHostsCheck check(Strictness strictness, String host, int port) throws IOException {
    return KnownHostsCheck.read(strictness, List.of(file), host, port);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
