package dev.porthole.testing.client;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's {@code ssh} with {@code -R}; a control socket takes forwards back. */
final class OpenSshCommand {
  private final Path folder;
  private final SshLogin login;
  private final List<RemoteForward> forwards;

  OpenSshCommand(Path folder, SshLogin login, List<RemoteForward> forwards) {
    this.folder = folder;
    this.login = login;
    this.forwards = forwards;
  }

  StrangerClient start() {
    Path control = folder.resolve("ctl" + login.port());
    List<String> words =
        new ArrayList<>(List.of(Peers.program("ssh").toString(), "-F", "none", "-v", "-T"));
    option(words, "StrictHostKeyChecking=no");
    option(words, "UserKnownHostsFile=/dev/null");
    option(words, "ExitOnForwardFailure=yes");
    option(words, "IdentitiesOnly=yes");
    option(words, "ServerAliveInterval=" + login.keepaliveSeconds());
    option(words, "ControlMaster=yes");
    option(words, "ControlPath=" + control);
    login.key().ifPresent(key -> words.addAll(List.of("-i", key.file().toString())));
    login.local().ifPresent(local -> words.addAll(List.of("-L", local)));
    forwards.forEach(forward -> words.addAll(List.of("-R", forward.openSshWord())));
    words.addAll(List.of("-p", Integer.toString(login.port()), "-N", login.address()));
    RunningProgram.Command command = RunningProgram.command(words);
    if (login.password().isPresent()) {
      askPass(command, login.password().get());
    } else {
      command.environment("SSH_ASKPASS_REQUIRE", "never");
    }
    RunningProgram program = command.start();
    return new ProgramClient(
        program, index -> port(program, forwards.get(index)), () -> cancel(control));
  }

  private static int port(RunningProgram program, RemoteForward forward) {
    if (forward.port() != 0) {
      program.awaitLine(
          "remote forward success for: listen .*:?" + forward.port() + ",", Strangers.LIMIT);
      return forward.port();
    }
    String regex = "Allocated port (\\d+) for remote forward to 127.0.0.1:" + forward.localPort();
    return Integer.parseInt(program.awaitLine(regex, Strangers.LIMIT).group(1));
  }

  /** A forward is found by what was asked for, also when the server chose the port. */
  private void cancel(Path control) {
    Programs.mustRun(
        Strangers.LIMIT,
        Peers.program("ssh").toString(),
        "-F",
        "none",
        "-S",
        control.toString(),
        "-O",
        "cancel",
        "-R",
        forwards.get(0).openSshWord(),
        login.address());
  }

  private void askPass(RunningProgram.Command command, String password) {
    try {
      var onlyOurs =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Path script = Files.createTempFile(folder, "askpass", ".sh", onlyOurs);
      Files.writeString(script, "#!/bin/sh\nprintf '%s\\n' '" + password + "'\n");
      command.environment("SSH_ASKPASS", script.toString());
      command.environment("SSH_ASKPASS_REQUIRE", "force");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void option(List<String> words, String option) {
    words.addAll(List.of("-o", option));
  }
}
