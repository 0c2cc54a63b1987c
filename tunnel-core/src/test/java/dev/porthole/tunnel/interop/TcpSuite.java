package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a TCP connection promises, kept through a relay. */
abstract class TcpSuite extends RelaySuite {
  private static final long GIBIBYTE = 1L << 30;
  private static final Duration GIBIBYTE_LIMIT = Duration.ofSeconds(40);
  private static final int CROWD = 1_000;
  private static final int CROWD_BYTES = 3_000;

  @Test
  void gibibyteFromTheVisitorArrivesUnchanged() throws Exception {
    LocalService sink = until(Services.answersAfterEnd(0));
    PublicPlace place = relay().share(sink.port());
    long begin = System.nanoTime();

    try (Socket visitor = place.connect()) {
      ByteFlow.Sum sent = ByteFlow.send(visitor.getOutputStream(), GIBIBYTE, 11);
      visitor.shutdownOutput();

      assertThat(Visitor.readLine(visitor)).isEqualTo(sent.toString());
    }
    tellTime("from the visitor", begin);
  }

  @Test
  void gibibyteToTheVisitorArrivesUnchanged() throws Exception {
    LocalService source = until(Services.source());
    PublicPlace place = relay().share(source.port());
    ByteFlow.Sum expected = ByteFlow.expected(GIBIBYTE, 12);
    long begin = System.nanoTime();

    try (Socket visitor = place.connect()) {
      Services.askSource(visitor.getOutputStream(), GIBIBYTE, 12);

      assertThat(ByteFlow.receive(visitor.getInputStream())).isEqualTo(expected);
    }
    tellTime("to the visitor", begin);
  }

  private static void tellTime(String direction, long begin) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.err.println("[measured] 1 GiB " + direction + ": " + took.toMillis() + " ms");
    assertThat(took).isLessThan(GIBIBYTE_LIMIT);
  }

  @Test
  void thousandConnectionsAtOnceEachGetTheirOwnBytesBack() throws Exception {
    LocalService echo = until(Services.echo());
    PublicPlace place = relay().share(echo.port());
    List<Socket> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(until(place.connect()));
    }
    await().atMost(LIMIT).until(() -> echo.open() == CROWD);

    for (int i = 0; i < CROWD; i++) {
      ByteFlow.send(crowd.get(i).getOutputStream(), CROWD_BYTES, i);
    }
    for (int i = 0; i < CROWD; i++) {
      assertThat(ByteFlow.receive(crowd.get(i).getInputStream(), CROWD_BYTES))
          .isEqualTo(ByteFlow.expected(CROWD_BYTES, i));
    }
    assertThat(echo.open()).isEqualTo(CROWD);
    assertThat(relay().visitors()).isEqualTo(CROWD);
  }

  @Test
  void serverThatSpeaksFirstIsHeard() throws Exception {
    LocalService mail = until(Services.greeter("220 mail.example ESMTP\r\n"));
    PublicPlace place = relay().share(mail.port());

    try (Socket visitor = place.connect()) {
      assertThat(Visitor.readLine(visitor)).isEqualTo("220 mail.example ESMTP\r");
      visitor.getOutputStream().write('\n');
      assertThat(Visitor.readLine(visitor)).isEmpty();
    }
  }

  @Test
  void twoHundredHalfClosedConnectionsGetTheirWholeAnswer() throws Exception {
    LocalService slow = until(Services.answersAfterEnd(64 * 1024));
    PublicPlace place = relay().share(slow.port());
    ExecutorService visitors = Executors.newFixedThreadPool(10);
    until(visitors::shutdownNow);

    List<Callable<String>> visits = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int seed = i;
      visits.add(() -> halfClose(place, seed));
    }

    assertThat(visitors.invokeAll(visits))
        .allSatisfy(visit -> assertThat(visit.get()).isEqualTo("whole"));
    assertThat(slow.failures()).isEmpty();
  }

  private static String halfClose(PublicPlace place, int seed) throws IOException {
    try (Socket visitor = place.connect()) {
      ByteFlow.Sum sent = ByteFlow.send(visitor.getOutputStream(), 10_000, seed);
      visitor.shutdownOutput();

      assertThat(Visitor.readLine(visitor)).isEqualTo(sent.toString());
      assertThat(ByteFlow.receive(visitor.getInputStream()))
          .isEqualTo(ByteFlow.expected(64 * 1024, 1));
      return "whole";
    }
  }

  @Test
  void serviceThatEndsFirstStillHearsTheVisitor() throws Exception {
    BlockingQueue<ByteFlow.Sum> heard = new LinkedBlockingQueue<>();
    LocalService quiet = until(LocalService.start(socket -> endThenListen(socket, heard)));
    PublicPlace place = relay().share(quiet.port());

    try (Socket visitor = place.connect()) {
      assertThat(visitor.getInputStream().read()).isEqualTo(-1);
      ByteFlow.Sum sent = ByteFlow.send(visitor.getOutputStream(), 1 << 20, 3);
      visitor.shutdownOutput();

      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(sent);
    }
  }

  private static void endThenListen(Socket socket, BlockingQueue<ByteFlow.Sum> heard)
      throws IOException {
    socket.shutdownOutput();
    heard.add(ByteFlow.receive(socket.getInputStream()));
  }

  @Test
  void resetOfTheServiceReachesTheVisitor() throws Exception {
    LocalService rude = until(Services.resets("partial"));
    PublicPlace place = relay().share(rude.port());

    try (Socket visitor = place.connect()) {
      visitor.getOutputStream().write('x');

      Visitor.End end = Visitor.awaitEnd(visitor);
      if (relay().keepsResets()) {
        assertThat(end).isEqualTo(Visitor.End.RESET);
      }
    }
    await().until(() -> relay().visitors() == 0);
  }

  @Test
  void resetOfTheVisitorReachesTheService() throws Exception {
    BlockingQueue<Visitor.End> ends = new LinkedBlockingQueue<>();
    LocalService listener = until(LocalService.start(socket -> ends.add(hear(socket))));
    PublicPlace place = relay().share(listener.port());

    try (Socket visitor = place.connect()) {
      visitor.getOutputStream().write('x');
      assertThat(visitor.getInputStream().read()).isEqualTo('x');
      visitor.setSoLinger(true, 0);
    }

    Visitor.End end = ends.poll(10, TimeUnit.SECONDS);
    assertThat(end).isEqualTo(relay().keepsResets() ? Visitor.End.RESET : Visitor.End.END);
    await().until(() -> relay().visitors() == 0);
  }

  private static Visitor.End hear(Socket socket) throws IOException {
    socket.getOutputStream().write(socket.getInputStream().read());
    return Visitor.awaitEnd(socket);
  }
}
