package dev.porthole.tunnel.interop;

import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's server, a key that opens it, and an echo to be shared. */
abstract class OpenSshStage {
  @TempDir Path folder;
  SshKey key;
  OpenSshServer sshd;
  LocalService echo;
  Path knownHosts;

  @BeforeEach
  void raise() {
    key = SshKey.create(folder, "ed25519");
    sshd = OpenSshServer.start(folder, key);
    echo = Services.echo();
    knownHosts = folder.resolve("known/hosts");
  }

  @AfterEach
  void strike() {
    sshd.close();
    echo.close();
  }

  TunnelConfig.Builder config() {
    return TestTunnel.to(sshd, key, knownHosts);
  }
}
