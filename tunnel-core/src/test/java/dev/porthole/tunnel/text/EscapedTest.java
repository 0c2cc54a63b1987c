package dev.porthole.tunnel.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from the network, made safe to show. */
final class EscapedTest {

  @Test
  void ordinaryTextIsLeftAlone() {
    String text = "Größe: 10 €, 中文, עברית, عربى, \ud83d\udd11 — \"quoted\" \\ <b>";
    assertThat(Escaped.line(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1b, \\u001b",
    "7, \\u0007",
    "0, \\u0000",
    "a, \\u000a",
    "d, \\u000d",
    "7f, \\u007f",
    "9b, \\u009b",
    "85, \\u0085",
    "202e, \\u202e",
    "2066, \\u2066",
    "200b, \\u200b",
    "2028, \\u2028",
    "2029, \\u2029",
    "feff, \\ufeff",
    "e000, \\ue000",
    "d800, \\ud800",
    "e0001, \\ue0001",
    "9, ' '"
  })
  void whatATerminalOrAReaderCouldMistakeIsShownAsAnEscape(String hex, String shown) {
    String one = new String(Character.toChars(Integer.parseInt(hex, 16)));
    assertThat(Escaped.line("a" + one + "b")).isEqualTo("a" + shown + "b");
  }

  @Test
  void noCodePointOfC0OrC1Passes() {
    for (int c = 0; c < 0xa0; c++) {
      if (c < 0x20 || c >= 0x7f) {
        assertThat(Escaped.line(Character.toString(c)).chars())
            .allMatch(shown -> shown >= 0x20 && shown < 0x7f);
      }
    }
  }

  @Test
  void longTextIsCutVisibly() {
    assertThat(Escaped.line("x".repeat(Escaped.LIMIT))).hasSize(Escaped.LIMIT);
    assertThat(Escaped.line("x".repeat(Escaped.LIMIT + 1)))
        .hasSize(Escaped.LIMIT + 1)
        .endsWith("x…");
  }

  @Test
  void longTextOfWideCharactersIsNotSaidToBeCutWhenItIsNot() {
    String keys = "\ud83d\udd11".repeat(Escaped.LIMIT / 2 + 1);
    assertThat(Escaped.line(keys)).isEqualTo(keys);
  }
}
