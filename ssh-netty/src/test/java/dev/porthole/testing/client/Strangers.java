package dev.porthole.testing.client;

import dev.porthole.testing.Peers;
import dev.porthole.testing.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The clients that can be had as programs, and what each of them is able to do. */
public enum Strangers {
  /** OpenSSH. */
  SSH(true, true) {
    @Override
    StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards) {
      return new OpenSshCommand(folder, login, forwards).start();
    }
  },
  /** dropbear's client. It has no way to cancel a forward. */
  DBCLIENT(true, false) {
    @Override
    StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards) {
      return new DropbearCommand(folder, login, forwards).start();
    }
  },
  /** PuTTY. Port 0 is a service it cannot look up, and it has no way to cancel a forward. */
  PLINK(false, false) {
    @Override
    StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards) {
      return new PuttyCommand(folder, login, forwards).start();
    }
  },
  /** AsyncSSH. */
  ASYNCSSH(true, true) {
    @Override
    StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards) {
      return python("asyncssh", "asyncssh_client.py", login, forwards);
    }
  },
  /** Paramiko. */
  PARAMIKO(true, true) {
    @Override
    StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards) {
      return python("paramiko", "paramiko_client.py", login, forwards);
    }
  },
  /** npm's ssh2. */
  SSH2(true, true) {
    @Override
    StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards) {
      String script = Peers.nodeFolder().resolve("ssh2-client.mjs").toString();
      return script(List.of(Peers.nodeWith("ssh2").toString(), script), login, forwards);
    }
  };

  /** For each step of a client: start, log in, forward. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final boolean takesPortZero;
  private final boolean cancels;

  Strangers(boolean takesPortZero, boolean cancels) {
    this.takesPortZero = takesPortZero;
    this.cancels = cancels;
  }

  /** Whether the server may be left to choose the port. */
  public boolean takesPortZero() {
    return takesPortZero;
  }

  /** Whether it can take one forward back and stay. */
  public boolean cancels() {
    return cancels;
  }

  /**
   * Connects, or skips the test when the client is not installed.
   *
   * @param folder a temporary folder for keys and sockets
   */
  public StrangerClient connect(Path folder, SshLogin login, RemoteForward... forwards) {
    return start(folder, login, List.of(forwards));
  }

  abstract StrangerClient start(Path folder, SshLogin login, List<RemoteForward> forwards);

  private static StrangerClient python(
      String module, String name, SshLogin login, List<RemoteForward> forwards) {
    String script = Peers.pythonFolder().resolve(name).toString();
    String python = Peers.pythonWith(module).toString();
    return script(List.of(python, "-W", "ignore", script), login, forwards);
  }

  private static StrangerClient script(
      List<String> interpreter, SshLogin login, List<RemoteForward> forwards) {
    List<String> words = new ArrayList<>(interpreter);
    words.addAll(List.of("--port", Integer.toString(login.port()), "--user", login.user()));
    words.addAll(List.of("--keepalive", Integer.toString(login.keepaliveSeconds())));
    login.key().ifPresent(key -> words.addAll(List.of("--key", key.file().toString())));
    login.password().ifPresent(password -> words.addAll(List.of("--password", password)));
    login.local().ifPresent(local -> words.addAll(List.of("--local", local)));
    forwards.forEach(forward -> words.add(forward.scriptWord()));
    return ProgramClient.script(RunningProgram.command(words).start());
  }
}
