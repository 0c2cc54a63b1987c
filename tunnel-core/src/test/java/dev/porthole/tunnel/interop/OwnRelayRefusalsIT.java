package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.testing.SshKey;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Login;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.TunnelState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What our relay refuses ends the tunnel with the relay's own sentence: trying again is no use. */
@Timeout(60)
class OwnRelayRefusalsIT {
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    relay = Relay.builder().start();
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private TunnelConfig.Builder config(String bindHost) {
    return TunnelConfig.builder(new HostPort("127.0.0.1", relay.sshPort()))
        .forward(new Forward(Forward.Kind.ANY, bindHost, 0, Target.plain("localhost", 1)));
  }

  private static TunnelException end(TestTunnel tunnel) throws Exception {
    TunnelState.Closed closed = tunnel.tunnel().closed().get(20, TimeUnit.SECONDS);
    return closed.cause().orElseThrow();
  }

  @Test
  void optionsThatAreNotRightEndIt() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config("").command("x:htpps"))) {
      assertThat(end(tunnel))
          .isInstanceOf(TunnelException.AuthenticationRefused.class)
          .hasMessageContaining("Unknown option \"x:htpps\"");
    }
  }

  @Test
  void userNameThatIsNotRightEndsIt() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config("").user("udp"))) {
      assertThat(end(tunnel)).hasMessageContaining("UDP is not offered");
    }
  }

  @Test
  void tokenIsInNoMessage() throws Exception {
    relay.close();
    relay = Relay.builder().token("right").start();
    try (TestTunnel tunnel = TestTunnel.open(config("").token("wrong-secret"))) {
      assertThat(end(tunnel))
          .isInstanceOf(TunnelException.AuthenticationRefused.class)
          .hasMessageContaining("***")
          .message()
          .doesNotContain("wrong-secret");
    }
  }

  @Test
  void lockedKeyDisturbsNobodyWhereNoKeyIsWanted(@TempDir Path folder) throws Exception {
    SshKey locked = SshKey.create(folder, "ed25519", "open sesame");
    Login login = new Login(List.of(locked.file()), Optional.empty(), question -> Optional.empty());
    try (TestTunnel tunnel = TestTunnel.open(config("").login(login))) {
      assertThat(tunnel.ready().tunnel().urls()).hasSize(1);
    }
  }

  @Test
  void takenNameEndsItAndTheFirstOwnerKeepsIt() throws Exception {
    try (TestTunnel first = TestTunnel.open(config("shop")).ready();
        TestTunnel second = TestTunnel.open(config("shop"))) {
      assertThat(end(second)).isInstanceOf(TunnelException.ForwardRefused.class);
      assertThat(first.tunnel().urls()).hasSize(1);
    }
  }
}
