package dev.porthole.relay.http;

import static dev.porthole.relay.http.RawHttp.head;
import static dev.porthole.relay.http.RawHttp.until;
import static dev.porthole.relay.http.RawHttp.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Visitor;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** After 101 the connection belongs to another protocol, byte for byte. */
class UpgradesIT extends HttpStage {
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: knock\r\n\r\n";
  private static final String KNOCK =
      "GET / HTTP/1.1\r\nHost: shop.localhost\r\nConnection: Upgrade\r\nUpgrade: knock\r\n\r\n";

  @Test
  void bytesRightBehindTheSwitchAreNotLost() throws Exception {
    try (LocalService eager =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(socket, SWITCHING + "first words\0");
                  write(socket, until(socket, "\0"));
                });
        Socket visitor = visit(eager)) {
      write(visitor, KNOCK);
      assertThat(head(visitor)).isEqualTo(SWITCHING);
      assertThat(until(visitor, "\0")).isEqualTo("first words\0");
      write(visitor, "\u00ff\u0000");
      assertThat(visitor.getInputStream().readAllBytes()).containsExactly(0xff, 0);
    }
  }

  @Test
  void manyBytesPassBothWaysAndHalfCloseDoesToo() throws Exception {
    long length = 8 << 20;
    CompletableFuture<ByteFlow.Sum> uploaded = new CompletableFuture<>();
    try (LocalService shop =
            LocalService.start(
                socket -> {
                  head(socket);
                  write(socket, SWITCHING);
                  uploaded.complete(ByteFlow.receive(socket.getInputStream()));
                  ByteFlow.send(socket.getOutputStream(), length, 2);
                });
        Socket visitor = visit(shop)) {
      write(visitor, KNOCK);
      head(visitor);
      ByteFlow.send(visitor.getOutputStream(), length, 1);
      visitor.shutdownOutput();
      assertThat(uploaded.get(20, TimeUnit.SECONDS)).isEqualTo(ByteFlow.expected(length, 1));
      assertThat(ByteFlow.receive(visitor.getInputStream()))
          .isEqualTo(ByteFlow.expected(length, 2));
    }
  }

  @Test
  void refusedUpgradeStaysHttp() throws Exception {
    try (RawHttp.Scripted shop = new RawHttp.Scripted(RawHttp.ok("no"));
        Socket visitor = Visitor.connect(relay.httpPort())) {
      client.forward("shop", 0, shop.port());
      for (int i = 0; i < 2; i++) {
        write(visitor, KNOCK);
        assertThat(until(visitor, "no")).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  private Socket visit(LocalService service) throws Exception {
    client.forward("shop", 0, service.port());
    return Visitor.connect(relay.httpPort());
  }
}
