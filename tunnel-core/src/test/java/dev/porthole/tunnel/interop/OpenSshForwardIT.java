package dev.porthole.tunnel.interop;

import static dev.porthole.tunnel.TestTunnel.forward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.server.OpenSshServer;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TestTunnel;
import dev.porthole.tunnel.TunnelEvent;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forwards and visitors of our client at OpenSSH's server. */
@Timeout(120)
final class OpenSshForwardIT extends OpenSshStage {

  @Test
  void portChosenByTheServerReachesTheLocalService() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      assertThat(Visitor.exchange(tunnel.port(0), "hello")).isEqualTo("hello");
      assertThat(tunnel.tunnel().urls()).hasToString("[tcp://127.0.0.1:" + tunnel.port(0) + "]");
    }
  }

  @Test
  void fixedPortAndASecondForwardShareOneConnection() throws Exception {
    int fixed = FreePort.next();
    try (LocalService greeter = Services.greeter("220 hello\r\n");
        TestTunnel tunnel =
            TestTunnel.open(
                    config()
                        .forward(forward(fixed, echo.port()))
                        .forward(forward(0, greeter.port())))
                .ready()) {
      assertThat(tunnel.port(0)).isEqualTo(fixed);
      assertThat(Visitor.exchange(fixed, "one")).isEqualTo("one");
      try (Socket visitor = Visitor.connect(tunnel.port(1))) {
        assertThat(Visitor.readLine(visitor)).startsWith("220 hello");
      }
    }
  }

  @Test
  void secondForwardOnABusyPortLeavesTheFirstAlive() throws Exception {
    try (LocalService busy = Services.silent();
        TestTunnel tunnel =
            TestTunnel.open(
                    config().forward(forward(0, echo.port())).forward(on("127.0.0.1", busy.port())))
                .ready()) {
      assertThat(Visitor.exchange(tunnel.port(0), "still here")).isEqualTo("still here");
      assertThat(tunnel.events(TunnelEvent.ForwardFailed.class)).hasSize(1);
    }
  }

  @Test
  void cancelledForwardListensNoMore() throws Exception {
    Forward first = forward(0, echo.port());
    try (TestTunnel tunnel =
        TestTunnel.open(config().forward(first).forward(forward(0, echo.port()))).ready()) {
      tunnel.tunnel().remove(first).get(5, TimeUnit.SECONDS);

      await().until(() -> !FreePort.isListening(tunnel.port(0)));
      assertThat(Visitor.exchange(tunnel.port(1), "other")).isEqualTo("other");
    }
  }

  @Test
  void forwardAddedWhileVisitorsFlow() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready();
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      int port = tunnel.tunnel().add(forward(0, echo.port())).get(5, TimeUnit.SECONDS);

      assertThat(Visitor.exchange(port, "new")).isEqualTo("new");
      visitor.getOutputStream().write("old\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(Visitor.readLine(visitor)).startsWith("old");
    }
  }

  @Test
  void gatewayPortsListenWhereTheClientSays() throws Exception {
    try (OpenSshServer gateway =
            OpenSshServer.start(
                Files.createDirectory(folder.resolve("g")), key, "GatewayPorts clientspecified");
        TestTunnel tunnel =
            TestTunnel.open(TestTunnel.to(gateway, key, knownHosts).forward(on("127.0.0.2", 0)))
                .ready();
        Socket visitor = Visitor.connect("127.0.0.2", tunnel.port(0))) {
      visitor.getOutputStream().write("hi\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(Visitor.readLine(visitor)).startsWith("hi");
    }
  }

  @Test
  void twoHundredHalfClosedConnectionsGetTheirWholeAnswer() throws Exception {
    try (LocalService slow = Services.answersAfterEnd(64 * 1024);
        TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, slow.port()))).ready()) {
      for (int i = 0; i < 200; i++) {
        try (Socket visitor = Visitor.connect(tunnel.port(0))) {
          ByteFlow.send(visitor.getOutputStream(), 10_000, i);
          visitor.shutdownOutput();

          assertThat(Visitor.readLine(visitor).strip())
              .isEqualTo(ByteFlow.expected(10_000, i).toString());
          assertThat(ByteFlow.receive(visitor.getInputStream()))
              .isEqualTo(ByteFlow.expected(64 * 1024, 1));
        }
      }
      assertThat(slow.failures()).isEmpty();
    }
  }

  @Test
  void resetOfTheLocalServiceEndsTheVisitor() throws Exception {
    try (LocalService rude = Services.resets("partial");
        TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, rude.port()))).ready();
        Socket visitor = Visitor.connect(tunnel.port(0))) {
      visitor.getOutputStream().write('x');

      Visitor.awaitEnd(visitor);
      assertThat(tunnel.tunnel().visitors()).isZero();
    }
  }

  @Test
  void lostConnectionComesBackOnTheSamePort() throws Exception {
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, echo.port()))).ready()) {
      int port = tunnel.port(0);
      sshd.restart();

      await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> tunnel.events(TunnelEvent.Ready.class).count() == 2);
      assertThat(Visitor.exchange(port, "again")).isEqualTo("again");
      assertThat(tunnel.events(TunnelEvent.Lost.class)).hasSize(1);
      assertThat(tunnel.events(TunnelEvent.UrlChanged.class)).isEmpty();
    }
  }

  @Test
  void visitorOfAnAbsentServiceIsToldAndTheTunnelStays() throws Exception {
    int nobody = FreePort.next();
    try (TestTunnel tunnel = TestTunnel.open(config().forward(forward(0, nobody))).ready()) {
      String answer =
          Visitor.exchange(tunnel.port(0), "GET / HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 502 Bad Gateway")
          .contains("Nothing answers at localhost:" + nobody + ": connection refused.");
      try (Socket visitor = Visitor.connect(tunnel.port(0))) {
        assertThat(Visitor.awaitEnd(visitor)).isNotNull();
      }
      try (LocalService late = LocalService.start("127.0.0.1", nobody, OpenSshForwardIT::once)) {
        assertThat(Visitor.exchange(tunnel.port(0), "now")).isEqualTo("late");
        assertThat(late.accepted()).isEqualTo(1);
      }
    }
  }

  private Forward on(String bindHost, int bindPort) {
    return new Forward(
        Forward.Kind.ANY, bindHost, bindPort, Target.plain("localhost", echo.port()));
  }

  private static void once(Socket socket) throws IOException {
    socket.getInputStream().read();
    socket.getOutputStream().write("late".getBytes(StandardCharsets.US_ASCII));
    socket.shutdownOutput();
  }
}
