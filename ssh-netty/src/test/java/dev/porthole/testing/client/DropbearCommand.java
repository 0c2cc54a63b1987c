package dev.porthole.testing.client;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.SshKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** dropbear's {@code dbclient} with {@code -R}. */
final class DropbearCommand {
  private final Path folder;
  private final SshLogin login;
  private final List<RemoteForward> forwards;

  DropbearCommand(Path folder, SshLogin login, List<RemoteForward> forwards) {
    this.folder = folder;
    this.login = login;
    this.forwards = forwards;
  }

  StrangerClient start() {
    // -y twice: no host key check at all, or it would write to the account's known_hosts.
    List<String> words =
        new ArrayList<>(List.of(Peers.program("dbclient").toString(), "-y", "-y", "-N", "-T"));
    login.key().ifPresent(key -> words.addAll(List.of("-i", converted(key))));
    words.addAll(List.of("-K", Integer.toString(login.keepaliveSeconds())));
    login.local().ifPresent(local -> words.addAll(List.of("-L", local)));
    forwards.forEach(forward -> words.addAll(List.of("-R", forward.openSshWord())));
    words.addAll(List.of("-p", Integer.toString(login.port()), login.address()));
    RunningProgram.Command command = RunningProgram.command(words);
    login.password().ifPresent(password -> command.environment("DROPBEAR_PASSWORD", password));
    RunningProgram program = command.start();
    return new ProgramClient(
        program,
        index -> port(program, forwards.get(index)),
        () -> {
          throw new UnsupportedOperationException("dbclient cannot cancel");
        });
  }

  private static int port(RunningProgram program, RemoteForward forward) {
    if (forward.port() != 0) {
      // It says nothing about a port it asked for by number.
      Awaitility.await().atMost(Strangers.LIMIT).until(() -> FreePort.isListening(forward.port()));
      return forward.port();
    }
    String regex = "Allocated port (\\d+) for remote forward to 127.0.0.1:" + forward.localPort();
    return Integer.parseInt(program.awaitLine(regex, Strangers.LIMIT).group(1));
  }

  private String converted(SshKey key) {
    Path file =
        folder.resolve("key" + Integer.toHexString(key.publicLine().hashCode()) + ".dropbear");
    Programs.mustRun(
        Strangers.LIMIT,
        Peers.program("dropbearconvert").toString(),
        "openssh",
        "dropbear",
        key.file().toString(),
        file.toString());
    return file.toString();
  }
}
