package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The TLS port of our relay: the server name leads to the client. */
@Timeout(60)
class OwnTlsEdgeIT {
  private static final String NAME = "shop.localhost";

  @TempDir Path folder;
  private OwnCertificate certificate;
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    certificate = OwnCertificate.create(folder, NAME);
    relay =
        Relay.builder()
            .tlsPort(0)
            .certificate(certificate.writeChain(folder), certificate.writeKey(folder))
            .start();
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  private TestTunnel share(Forward.Kind kind, int port) throws Exception {
    return TestTunnel.open(
            TunnelConfig.builder(new HostPort("127.0.0.1", relay.sshPort()))
                .forward(new Forward(kind, "shop", 0, Target.plain("localhost", port))))
        .ready();
  }

  private SSLSocket visit() throws Exception {
    return certificate.visit(Visitor.connect(relay.tlsPort().orElseThrow()));
  }

  private static List<String> urls(TestTunnel tunnel) {
    return tunnel.tunnel().urls().stream().map(PublicUrl::toString).toList();
  }

  @Test
  void tlsTunnelEndsAtTheServiceByteForByte() throws Exception {
    try (LocalService service =
            LocalService.start(
                socket -> {
                  try (SSLSocket tls = certificate.serve(socket)) {
                    ByteFlow.Sum sum = ByteFlow.receive(tls.getInputStream());
                    tls.getOutputStream().write(sum.toString().getBytes(StandardCharsets.UTF_8));
                  }
                });
        TestTunnel tunnel = share(Forward.Kind.TLS, service.port());
        SSLSocket visitor = visit()) {
      assertThat(urls(tunnel)).containsExactly("tls://" + NAME + ":" + relay.tlsPort().getAsInt());
      ByteFlow.Sum sent = ByteFlow.send(visitor.getOutputStream(), 1 << 20, 1);
      visitor.shutdownOutput();
      assertThat(new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(sent.toString());
    }
  }

  @Test
  void nameOfAnHttpTunnelIsServedInHttpsByTheRelay() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";
    try (LocalService service =
            LocalService.start(
                socket -> {
                  String request = "";
                  while (!request.endsWith("\n\r")) {
                    request = request + "\n" + Visitor.readLine(socket);
                  }
                  String proto = request.contains("X-Forwarded-Proto: https") ? answer : "";
                  socket.getOutputStream().write(proto.getBytes(StandardCharsets.UTF_8));
                });
        TestTunnel tunnel = share(Forward.Kind.HTTP, service.port());
        SSLSocket visitor = visit()) {
      assertThat(urls(tunnel))
          .containsExactly(
              "http://" + NAME + ":" + relay.httpPort(),
              "https://" + NAME + ":" + relay.tlsPort().getAsInt());
      visitor
          .getOutputStream()
          .write(("GET / HTTP/1.1\r\nHost: " + NAME + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      assertThat(new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(answer);
    }
  }

  @Test
  void tlstcpServesAPortAndANameAndTheServiceSpeaksPlain() throws Exception {
    try (LocalService echo = Services.greeter("plain\n");
        TestTunnel tunnel = share(Forward.Kind.TLSTCP, echo.port());
        SSLSocket visitor = visit()) {
      assertThat(Visitor.readLine(visitor)).isEqualTo("plain");
      int port = tunnel.tunnel().urls().get(0).uri().getPort();
      assertThat(Visitor.exchange(port, "x")).isEqualTo("plain\nx");
    }
  }
}
