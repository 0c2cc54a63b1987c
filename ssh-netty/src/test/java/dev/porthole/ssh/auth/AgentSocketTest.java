package dev.porthole.ssh.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.testing.SshAgent;
import dev.porthole.testing.SshKey;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's agent, one that is not there, and one that lies. */
@Timeout(30)
final class AgentSocketTest {
  @TempDir Path folder;

  @Test
  void agentShowsItsKeysInOrder() throws Exception {
    SshKey one = SshKey.create(folder, "ed25519");
    SshKey two = SshKey.create(folder, "rsa");
    try (SshAgent agent = SshAgent.start(folder, List.of(one, two));
        AgentSocket socket = AgentSocket.connect(agent.socket())) {
      assertThat(socket.getIdentities())
          .extracting(Map.Entry::getKey)
          .extracting(PublicKeyEntry::toString)
          .containsExactly(one.bare(), two.bare());
    }
  }

  @Test
  void absentAgentIsAnErrorOfTheConnect() throws Exception {
    Path none = folder.resolve("none.sock");
    assertThatThrownBy(() -> AgentSocket.connect(none)).isInstanceOf(IOException.class);

    Path plain = Files.writeString(folder.resolve("plain"), "");
    assertThatThrownBy(() -> AgentSocket.connect(plain)).isInstanceOf(IOException.class);
  }

  @Test
  void agentThatAnswersTooMuchIsNotBelieved() throws Exception {
    try (ServerSocketChannel liar = listen();
        AgentSocket socket = AgentSocket.connect(folder.resolve("liar.sock"));
        SocketChannel peer = liar.accept()) {
      peer.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());

      assertThatThrownBy(socket::getIdentities)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("2147483647 bytes");
    }
  }

  @Test
  void agentThatGoesAwayIsAnError() throws Exception {
    try (ServerSocketChannel liar = listen();
        AgentSocket socket = AgentSocket.connect(folder.resolve("liar.sock"))) {
      SocketChannel peer = liar.accept();
      peer.write(ByteBuffer.allocate(4).putInt(100).flip());
      peer.close();

      assertThatThrownBy(socket::getIdentities).isInstanceOf(IOException.class);
    }
  }

  private ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(folder.resolve("liar.sock")));
  }
}
