package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.testing.FreePort;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostKeyTrust;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A relay that was restarted gives the tunnel the URL it had, though nobody asked for a name. */
@Timeout(60)
class OwnRelayReconnectIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Forward.Kind.class,
      names = {"HTTP", "TCP"})
  void urlStaysWhenTheRelayComesBack(Forward.Kind kind) throws Exception {
    int sshPort = FreePort.next();
    int httpPort = FreePort.next();
    Relay first = relay(sshPort, httpPort);
    try (TestTunnel tunnel =
        TestTunnel.open(
                TunnelConfig.builder(new HostPort("127.0.0.1", sshPort))
                    .trust(new HostKeyTrust(HostKeyTrust.Mode.ACCEPT_NEW, List.of()))
                    .forward(new Forward(kind, "", 0, Target.plain("localhost", 1))))
            .ready()) {
      List<PublicUrl> before = tunnel.tunnel().urls();
      first.close();
      Relay second = relay(sshPort, httpPort);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> tunnel.events(TunnelEvent.Ready.class).count() == 2);
      assertThat(tunnel.tunnel().urls()).hasSize(1).isEqualTo(before);
      assertThat(tunnel.events(TunnelEvent.UrlChanged.class)).isEmpty();
      second.close();
    }
  }

  private Relay relay(int sshPort, int httpPort) throws Exception {
    return Relay.builder()
        .sshPort(sshPort)
        .httpPort(httpPort)
        .hostKeyFile(folder.resolve("host_key"))
        .start();
  }
}
