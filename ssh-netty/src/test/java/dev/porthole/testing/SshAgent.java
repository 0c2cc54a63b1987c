package dev.porthole.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** OpenSSH's ssh-agent with some keys in it. */
public final class SshAgent implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path socket;
  private final RunningProgram agent;

  private SshAgent(Path socket, RunningProgram agent) {
    this.socket = socket;
    this.agent = agent;
  }

  /** Starts an agent whose socket lies in the folder, and adds the keys (without passphrase). */
  public static SshAgent start(Path folder, List<SshKey> keys) {
    Path socket = folder.resolve("agent.sock");
    RunningProgram program =
        RunningProgram.start(Peers.program("ssh-agent").toString(), "-D", "-a", socket.toString());
    SshAgent agent = new SshAgent(socket, program);
    program.awaitLine("SSH_AUTH_SOCK", LIMIT);
    keys.forEach(agent::add);
    return agent;
  }

  /** Adds a key. */
  public void add(SshKey key) {
    RunningProgram.Command command =
        RunningProgram.command(List.of(Peers.program("ssh-add").toString(), key.file().toString()))
            .environment("SSH_AUTH_SOCK", socket.toString());
    Programs.Result result = Programs.run(LIMIT, command);
    if (result.exitCode() != 0) {
      throw new AssertionError("ssh-add: " + result);
    }
  }

  /** Where it listens. */
  public Path socket() {
    return socket;
  }

  @Override
  public void close() {
    agent.close();
  }
}
