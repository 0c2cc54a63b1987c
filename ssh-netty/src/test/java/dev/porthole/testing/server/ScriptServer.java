package dev.porthole.testing.server;

import dev.porthole.testing.Peers;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.SshKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server made of somebody else's SSH library and a script of ours; its options are those of the
 * script. Needs no account: the user name is free.
 */
public final class ScriptServer implements StrangerServer {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SshKey hostKey;
  private final RunningProgram program;
  private final int port;

  private ScriptServer(Path folder, List<String> interpreter, String... options) {
    hostKey = SshKey.create(folder, "ed25519");
    List<String> words = new ArrayList<>(interpreter);
    words.addAll(List.of("--host-key", hostKey.file().toString()));
    words.addAll(List.of(options));
    program = RunningProgram.command(words).start();
    try {
      port = Integer.parseInt(program.awaitLine("listening (\\d+)", LIMIT).group(1));
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
  }

  /**
   * AsyncSSH. Options: {@code --none}, {@code --password P}, {@code --authorized FILE}, {@code
   * --delay SECONDS}, {@code --refuse-port N}, {@code --virtual}, {@code --eager}, {@code --stock},
   * {@code --text T}, {@code --rekey-bytes N}.
   */
  public static ScriptServer asyncSsh(Path folder, String... options) {
    String python = Peers.pythonWith("asyncssh").toString();
    String script = Peers.pythonFolder().resolve("asyncssh_server.py").toString();
    return new ScriptServer(folder, List.of(python, "-W", "ignore", script), options);
  }

  /**
   * npm's ssh2. Options: {@code --none}, {@code --password P}, {@code --authorized FILE} (a public
   * key), {@code --text T}.
   */
  public static ScriptServer ssh2(Path folder, String... options) {
    String node = Peers.nodeWith("ssh2").toString();
    String script = Peers.nodeFolder().resolve("ssh2-server.mjs").toString();
    return new ScriptServer(folder, List.of(node, script), options);
  }

  @Override
  public String user() {
    return "guest";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<String> knownHosts() {
    return List.of(hostKey.knownHostsLine("127.0.0.1", port));
  }

  @Override
  public RunningProgram program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }
}
