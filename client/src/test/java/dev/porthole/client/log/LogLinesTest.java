package dev.porthole.client.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a line of the log looks like, short and with {@code -v}. */
final class LogLinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Logger logger = LoggerFactory.getLogger("dev.porthole.some.Place");

  @AfterEach
  void quietAgain() throws IOException {
    LogSetup.apply(
        0,
        Optional.empty(),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @Test
  void aShortLineIsLevelMessageAndValues() throws IOException {
    begin(0);
    logger.atWarn().addKeyValue("port", 22).log("no answer");
    logger.atInfo().log("not at this level");

    assertThat(text()).isEqualTo("WARN: no answer port=\"22\"\n");
  }

  @Test
  void aShortLineNamesItsFailureWithoutATrace() throws IOException {
    begin(0);
    logger.atError().setCause(new IOException("disk full")).log("not written");

    assertThat(text()).isEqualTo("ERROR: not written\njava.io.IOException: disk full\n");
  }

  @Test
  void aDetailedLineHasTimeLoggerAndTrace() throws IOException {
    begin(2);
    logger.atInfo().setCause(new IOException("disk full")).log("not written");

    assertThat(text())
        .matches("(?s)\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Place: not written\n.*")
        .contains("java.io.IOException: disk full", "at dev.porthole.client.log.LogLinesTest");
  }

  private void begin(int verbosity) throws IOException {
    LogSetup.apply(
        verbosity, Optional.empty(), new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
