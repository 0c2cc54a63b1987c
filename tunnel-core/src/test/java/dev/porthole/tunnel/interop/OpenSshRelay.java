package dev.porthole.tunnel.interop;

import dev.porthole.testing.SshKey;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** OpenSSH's sshd: each local service gets a TCP port that sshd chooses. */
final class OpenSshRelay implements RelayUnderTest {
  private final SshKey key;
  private final OpenSshServer sshd;
  private final Path knownHosts;
  private Optional<TestTunnel> tunnel = Optional.empty();

  private OpenSshRelay(Path folder) {
    key = SshKey.create(folder, "ed25519");
    sshd = OpenSshServer.start(folder, key);
    knownHosts = folder.resolve("known_hosts");
  }

  static OpenSshRelay start(Path folder) {
    return new OpenSshRelay(folder);
  }

  /** Where sshd itself listens. */
  int sshPort() {
    return sshd.port();
  }

  /** Type and base64 of its host key. */
  String hostKey() {
    return sshd.hostKeys().get(0).bare();
  }

  @Override
  public PublicPlace share(Target target) throws Exception {
    Forward forward = new Forward(Forward.Kind.ANY, "localhost", 0, target);
    if (tunnel.isPresent()) {
      return PublicPlace.tcp(tunnel.get().tunnel().add(forward).get(10, TimeUnit.SECONDS));
    }
    TestTunnel first = TestTunnel.open(TestTunnel.to(sshd, key, knownHosts).forward(forward));
    tunnel = Optional.of(first);
    return PublicPlace.tcp(first.ready().port(0));
  }

  @Override
  public boolean keepsResets() {
    return false;
  }

  @Override
  public int visitors() {
    return tunnel.map(t -> t.tunnel().visitors()).orElse(0);
  }

  @Override
  public void close() {
    tunnel.ifPresent(TestTunnel::close);
    sshd.close();
  }
}
