package dev.porthole.testing.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kit without a tunnel: what these services do directly, they must do through one. */
@Timeout(30)
class ServicesTest {

  @Test
  void echoSendsBackAndEnds() {
    try (LocalService echo = Services.echo()) {
      assertThat(Visitor.exchange(echo.port(), "abc")).isEqualTo("abc");
      assertThat(echo.failures()).isEmpty();
    }
  }

  @Test
  void greeterSpeaksFirst() throws IOException {
    try (LocalService greeter = Services.greeter("220 ready\n");
        Socket socket = Visitor.connect(greeter.port())) {
      assertThat(Visitor.readLine(socket)).isEqualTo("220 ready");
    }
  }

  @Test
  void sumsOfBothSidesAgree() throws IOException {
    try (LocalService sink = Services.answersAfterEnd(0);
        LocalService source = Services.source()) {
      ByteFlow.Sum sum = ByteFlow.expected(3_000_001, 7);
      assertThat(Visitor.upload(sink.port(), 3_000_001, 7)).isEqualTo(sum.toString());
      assertThat(Visitor.download(source.port(), 3_000_001, 7)).isEqualTo(sum);
      assertThat(ByteFlow.expected(3_000_001, 8)).isNotEqualTo(sum);
    }
  }

  @Test
  void resetIsSeenAsReset() throws IOException {
    try (LocalService resets = Services.resets("part");
        Socket socket = Visitor.connect(resets.port())) {
      socket.getOutputStream().write(1);
      assertThat(Visitor.awaitEnd(socket)).isEqualTo(Visitor.End.RESET);
    }
  }
}
