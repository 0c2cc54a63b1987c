package dev.porthole.tunnel.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.testing.service.Visitor;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What visitors get when the local service is not there. */
@Timeout(30)
final class AbsentServiceTest {
  private final EventLoops loops = EventLoops.start(1);
  private Channel listener;
  private Target target = Target.plain("localhost", 8000);

  @BeforeEach
  void listen() {
    listener =
        loops
            .listener()
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel visitor) {
                    visitor.pipeline().addLast(new AbsentService(target, "connection refused"));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  @AfterEach
  void stop() {
    loops.close();
  }

  @Test
  void programReadsOneSentence() throws Exception {
    String answer = ask("GET /x HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
        .contains("content-type: text/plain; charset=utf-8", "cache-control: no-store")
        .endsWith(
            "\r\n\r\n502 Bad Gateway\nNothing answers at localhost:8000: connection refused.\n");
  }

  @Test
  void browserReadsAPage() throws Exception {
    String answer = ask("GET / HTTP/1.1\r\nHost: h\r\nAccept: text/html,*/*\r\n\r\n");

    assertThat(answer)
        .contains("content-type: text/html; charset=utf-8", "<!doctype html>")
        .contains("<p>Nothing answers at localhost:8000: connection refused.</p>");
  }

  @Test
  void nameOfATargetIsNoMarkup() throws Exception {
    target = new Target(new HostPort("<b>&", 1), true);

    assertThat(ask("GET / HTTP/1.1\r\nAccept: text/html\r\n\r\n"))
        .contains("https://&lt;b>&amp;:1")
        .doesNotContain("<b>");
  }

  @Test
  void lengthOfTheBodyIsTrue() throws Exception {
    String answer = ask("GET / HTTP/1.1\r\n\r\n");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);

    assertThat(answer).contains("content-length: " + body.length() + "\r\n");
  }

  @Test
  void headIsAnsweredWithoutABody() throws Exception {
    assertThat(ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 502 ")
        .endsWith("\r\n\r\n");
  }

  @Test
  void onlyTheFirstOfSeveralRequestsIsAnswered() throws Exception {
    String answer = ask("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");

    assertThat(answer.split("HTTP/1.1 502", -1)).hasSize(2);
    assertThat(answer).contains("connection: close");
  }

  @Test
  void visitorInTheMiddleOfAnUploadStillReadsTheAnswer() throws Exception {
    try (Socket visitor = connect()) {
      send(visitor, "POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
      visitor.getOutputStream().write(new byte[300_000]);

      assertThat(Visitor.readLine(visitor)).startsWith("HTTP/1.1 502");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
        "\u0000\u0000\u0000\u0008\u0004\u00d2\u0016/",
        "EHLO mail.example.com\r\n\r\n"
      })
  void visitorWhoSpeaksSomethingElseIsClosedWithoutAWord(String opening) throws Exception {
    try (Socket visitor = connect()) {
      visitor.getOutputStream().write(opening.getBytes(StandardCharsets.ISO_8859_1));

      assertThat(endsWithin(visitor, Duration.ofSeconds(3))).isZero();
    }
  }

  @Test
  void visitorWhoWaitsForAGreetingIsClosedSoon() throws Exception {
    try (Socket visitor = connect()) {
      assertThat(endsWithin(visitor, Duration.ofSeconds(3))).isZero();
    }
  }

  @Test
  void endlessHeaderIsCutOff() throws Exception {
    try (Socket visitor = connect()) {
      send(visitor, "GET / HTTP/1.1\r\nX: " + "x".repeat(70_000));

      assertThat(endsWithin(visitor, Duration.ofSeconds(3))).isZero();
    }
  }

  /** Bytes read until the end, which must come in time. */
  private static int endsWithin(Socket visitor, Duration limit) throws IOException {
    long before = System.nanoTime();
    int bytes = 0;
    try {
      bytes = visitor.getInputStream().readAllBytes().length;
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    assertThat(System.nanoTime() - before).isLessThan(limit.toNanos());
    return bytes;
  }

  private String ask(String request) throws IOException {
    try (Socket visitor = connect()) {
      send(visitor, request);
      return new String(visitor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket connect() throws IOException {
    Socket visitor = Visitor.connect(((InetSocketAddress) listener.localAddress()).getPort());
    visitor.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
    return visitor;
  }

  private static void send(Socket visitor, String text) throws IOException {
    visitor.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
