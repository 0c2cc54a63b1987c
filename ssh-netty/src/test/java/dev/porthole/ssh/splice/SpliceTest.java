package dev.porthole.ssh.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor and a service, both real sockets, and the splice between them. */
@Timeout(60)
final class SpliceTest {
  private static final byte[] ONE = {1};

  private final EventLoops loops = EventLoops.start(1);

  @AfterEach
  void stop() {
    loops.close();
  }

  @Test
  void bytesGoBothWaysAtOnceUnchanged() throws Exception {
    try (LocalService echo = Services.echo();
        SplicingProxy proxy = new SplicingProxy(loops, echo.port());
        Socket visitor = Visitor.connect(proxy.port())) {
      Thread sender = new Thread(() -> send(visitor, 20_000_000));
      sender.start();

      assertThat(ByteFlow.receive(visitor.getInputStream()))
          .isEqualTo(ByteFlow.expected(20_000_000, 1));
      sender.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, 3_000_000, 60_000_000})
  void endOfTheVisitorsOutputLeavesTheAnswerComing(int bytes) throws Exception {
    try (LocalService service = Services.answersAfterEnd(bytes);
        SplicingProxy proxy = new SplicingProxy(loops, service.port());
        Socket visitor = Visitor.connect(proxy.port())) {
      ByteFlow.send(visitor.getOutputStream(), bytes, 7);
      visitor.shutdownOutput();

      assertThat(Visitor.readLine(visitor)).isEqualTo(ByteFlow.expected(bytes, 7).toString());
      assertThat(ByteFlow.receive(visitor.getInputStream())).isEqualTo(ByteFlow.expected(bytes, 1));
      assertThat(service.failures()).isEmpty();
    }
  }

  @Test
  void endOfTheServicesOutputLeavesTheVisitorTalking() throws Exception {
    BlockingQueue<ByteFlow.Sum> heard = new LinkedBlockingQueue<>();
    try (LocalService service =
            LocalService.start(
                socket -> {
                  socket.getOutputStream().write("bye\n".getBytes(StandardCharsets.US_ASCII));
                  socket.shutdownOutput();
                  heard.add(ByteFlow.receive(socket.getInputStream()));
                });
        SplicingProxy proxy = new SplicingProxy(loops, service.port());
        Socket visitor = Visitor.connect(proxy.port())) {
      assertThat(Visitor.readLine(visitor)).isEqualTo("bye");
      assertThat(visitor.getInputStream().read()).isEqualTo(-1);

      ByteFlow.send(visitor.getOutputStream(), 1_000_000, 3);
      visitor.shutdownOutput();

      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(ByteFlow.expected(1_000_000, 3));
    }
  }

  @Test
  void resetOfTheServiceResetsTheVisitor() throws Exception {
    try (LocalService rude = Services.resets("");
        SplicingProxy proxy = new SplicingProxy(loops, rude.port());
        Socket visitor = Visitor.connect(proxy.port())) {
      visitor.getOutputStream().write(ONE);

      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(Visitor.End.RESET);
    }
  }

  @Test
  void resetOfTheVisitorResetsTheService() throws Exception {
    BlockingQueue<Visitor.End> ends = new LinkedBlockingQueue<>();
    try (LocalService service =
            LocalService.start(
                socket -> {
                  socket.getOutputStream().write(ONE);
                  ends.add(Visitor.awaitEnd(socket));
                });
        SplicingProxy proxy = new SplicingProxy(loops, service.port())) {
      try (Socket visitor = Visitor.connect(proxy.port())) {
        assertThat(visitor.getInputStream().read()).isEqualTo(1);
        visitor.setSoLinger(true, 0);
      }

      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(Visitor.End.RESET);
    }
  }

  @Test
  void orderlyEndOfBothIsNoReset() throws Exception {
    try (LocalService echo = Services.echo();
        SplicingProxy proxy = new SplicingProxy(loops, echo.port());
        Socket visitor = Visitor.connect(proxy.port())) {
      visitor.getOutputStream().write(ONE);
      visitor.shutdownOutput();

      assertThat(Visitor.awaitEnd(visitor)).isEqualTo(Visitor.End.END);
      await().until(() -> echo.open() == 0);
      assertThat(echo.failures()).isEmpty();
    }
  }

  @Test
  void slowReaderStopsTheSenderAndGetsEverythingInTheEnd() throws Exception {
    AtomicLong sent = new AtomicLong();
    int length = 100_000_000;
    try (LocalService source =
            LocalService.start(
                socket -> {
                  ByteFlow.send(new Counting(socket.getOutputStream(), sent), length, 5);
                  socket.shutdownOutput();
                  ByteFlow.receive(socket.getInputStream());
                });
        SplicingProxy proxy = new SplicingProxy(loops, source.port());
        Socket visitor = Visitor.connect(proxy.port())) {
      long stuck = awaitStandstill(sent);
      assertThat(stuck).isLessThan(length / 2);
      assertThat(sent).hasValue(stuck);

      assertThat(ByteFlow.receive(visitor.getInputStream()))
          .isEqualTo(ByteFlow.expected(length, 5));
      assertThat(source.failures()).isEmpty();
    }
  }

  private static long awaitStandstill(AtomicLong counter) {
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              long now = counter.get();
              return now > 0 && before.getAndSet(now) == now;
            });
    return counter.get();
  }

  private static void send(Socket visitor, int length) {
    try {
      ByteFlow.send(visitor.getOutputStream(), length, 1);
      visitor.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counting extends FilterOutputStream {
    private final AtomicLong sent;

    private Counting(OutputStream out, AtomicLong sent) {
      super(out);
      this.sent = sent;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      sent.addAndGet(length);
    }
  }
}
