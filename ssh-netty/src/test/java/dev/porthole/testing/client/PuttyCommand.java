package dev.porthole.testing.client;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.SshKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PuTTY's {@code plink} with {@code -R}. */
final class PuttyCommand {
  private final Path folder;
  private final SshLogin login;
  private final List<RemoteForward> forwards;

  PuttyCommand(Path folder, SshLogin login, List<RemoteForward> forwards) {
    this.folder = folder;
    this.login = login;
    this.forwards = forwards;
  }

  StrangerClient start() {
    List<String> words =
        new ArrayList<>(
            List.of(
                Peers.program("plink").toString(),
                "-ssh",
                "-v",
                "-batch",
                "-no-antispoof",
                "-noagent",
                "-N",
                "-T"));
    words.addAll(List.of("-hostkey", fingerprint()));
    login.key().ifPresent(key -> words.addAll(List.of("-i", converted(key))));
    login.password().ifPresent(password -> words.addAll(List.of("-pw", password)));
    login.local().ifPresent(local -> words.addAll(List.of("-L", local)));
    forwards.forEach(forward -> words.addAll(List.of("-R", forward.openSshWord())));
    words.addAll(List.of("-P", Integer.toString(login.port()), login.address()));
    if (login.keepaliveSeconds() > 0) {
      keepEvery(login.keepaliveSeconds());
    }
    // Its settings and host keys are not to be found in the account's home.
    RunningProgram program =
        RunningProgram.command(words).environment("HOME", folder.toString()).start();
    return new ProgramClient(
        program,
        index -> port(program, forwards.get(index)),
        () -> {
          throw new UnsupportedOperationException("plink cannot cancel");
        });
  }

  /** There is no option for it, only a setting. */
  private void keepEvery(int seconds) {
    try {
      Path sessions = Files.createDirectories(folder.resolve(".putty/sessions"));
      Files.writeString(
          sessions.resolve("Default%20Settings"), "PingIntervalSecs=" + seconds + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int port(RunningProgram program, RemoteForward forward) {
    String regex = "Remote port forwarding from (.*:)?" + forward.port() + " enabled";
    program.awaitLine(regex, Strangers.LIMIT);
    return forward.port();
  }

  private String converted(SshKey key) {
    Path file = folder.resolve("key" + Integer.toHexString(key.publicLine().hashCode()) + ".ppk");
    Programs.mustRun(
        Strangers.LIMIT,
        Peers.program("puttygen").toString(),
        key.file().toString(),
        "-O",
        "private",
        "-o",
        file.toString());
    return file.toString();
  }

  /** In batch mode it trusts only a key it was told; OpenSSH's tool tells which. */
  private String fingerprint() {
    String scan =
        Programs.mustRun(
                Strangers.LIMIT,
                Peers.program("ssh-keyscan").toString(),
                "-p",
                Integer.toString(login.port()),
                "-t",
                "ed25519",
                "127.0.0.1")
            .out();
    Path file = folder.resolve("scan" + login.port());
    try {
      Files.writeString(file, scan + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String line =
        Programs.mustRun(
                Strangers.LIMIT, Peers.program("ssh-keygen").toString(), "-lf", file.toString())
            .out();
    return line.split(" ", 3)[1];
  }
}
