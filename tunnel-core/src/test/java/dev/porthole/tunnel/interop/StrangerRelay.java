package dev.porthole.tunnel.interop;

import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.DropbearServer;
import dev.porthole.testing.server.ScriptServer;
import dev.porthole.testing.server.StrangerServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Servers of strangers that a tunnel can go through, each let in by one key. */
enum StrangerRelay {
  /** Answers a cancelled forward with a failure, and goes on listening. */
  DROPBEAR(false) {
    @Override
    StrangerServer start(Path folder, SshKey key) {
      return DropbearServer.start(folder, key.publicLine(), Optional.empty());
    }
  },
  ASYNCSSH(true) {
    @Override
    StrangerServer start(Path folder, SshKey key) {
      return ScriptServer.asyncSsh(folder, "--authorized", authorized(folder, key));
    }
  },
  SSH2(true) {
    @Override
    StrangerServer start(Path folder, SshKey key) {
      return ScriptServer.ssh2(folder, "--authorized", authorized(folder, key));
    }
  };

  /** Whether it stops listening when a forward is cancelled. */
  final boolean stopsListening;

  StrangerRelay(boolean stopsListening) {
    this.stopsListening = stopsListening;
  }

  abstract StrangerServer start(Path folder, SshKey key);

  private static String authorized(Path folder, SshKey key) {
    try {
      return Files.writeString(folder.resolve("authorized.pub"), key.publicLine() + "\n")
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
