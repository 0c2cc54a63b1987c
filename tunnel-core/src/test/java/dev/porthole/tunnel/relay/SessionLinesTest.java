package dev.porthole.tunnel.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of a session become lines, however they are cut on the way. */
final class SessionLinesTest {
  private static final String TEXT =
      "first\nsecond\r\nthird\rfourth\r\n\r\n\u001b[32mgr\u00fcn \u2192 \ud83d\udd11\u001b[0m\n";
  private static final List<String> LINES =
      List.of("first", "second", "third", "fourth", "gr\u00fcn \u2192 \ud83d\udd11");

  private final SessionLines lines = new SessionLines();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void chunksOfAnySizeMakeTheSameLines(int size) {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      all.addAll(lines.add(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from))));
    }
    assertThat(all).isEqualTo(LINES);
  }

  @Test
  void lineThatIsNotEndedWaits() {
    assertThat(say("https://a.exam")).isEmpty();
    assertThat(say("ple.com")).isEmpty();
    assertThat(say("\n")).containsExactly("https://a.example.com");
  }

  @Test
  void endlessLineIsCutAndNothingIsLost() {
    List<String> cut = say("x".repeat(20_000) + "\nnext\n");

    assertThat(cut).hasSize(4).last().isEqualTo("next");
    assertThat(cut.subList(0, 3))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(8192));
    assertThat(String.join("", cut.subList(0, 3))).isEqualTo("x".repeat(20_000));
  }

  @Test
  void coloursCursorMovesAndTitlesAreDropped() {
    assertThat(say("\u001b[1;44mHTTP\u001b[0m: \u001b[2K\u001b[10;20Hhttp://a.b\u001b[?25l\n"))
        .containsExactly("HTTP: http://a.b");
    assertThat(say("\u001b]0;title\u0007a\u001b]8;;https://evil.org\u001b\\b\u001b]8;;\u001b\\\n"))
        .containsExactly("ab");
  }

  @Test
  void otherControlsStayForTheEscaper() {
    assertThat(say("a\u0008b\u0000c\u001bMd\u009b2J\n"))
        .containsExactly("a\u0008b\u0000c\u001bMd\u009b2J");
  }

  @Test
  void bytesThatAreNoUtf8BecomeReplacements() {
    assertThat(lines.add(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', '\n'})))
        .containsExactly("a\ufffd\ufffdb");
  }

  private List<String> say(String text) {
    return lines.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
