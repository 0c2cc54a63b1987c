package dev.porthole.client.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Sets Logback up in code: no file to look for, and a faster start. */
public final class LogSetup {
  private LogSetup() {}

  /**
   * Finds Logback. To be called before a second thread logs: while SLF4J looks for its provider it
   * hands out substitutes to all other threads.
   */
  public static void begin() {
    LoggerFactory.getILoggerFactory();
  }

  /**
   * From now on lines of the level and above go to the file, or else to standard error.
   *
   * @param verbosity how many times {@code -v} was typed; negative means {@code -q}
   */
  public static void apply(int verbosity, Optional<Path> file, PrintStream err) throws IOException {
    OutputStream target =
        file.isPresent()
            ? Files.newOutputStream(
                file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : new Unclosed(err);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LineLayout layout = new LineLayout(verbosity > 0 || file.isPresent());
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(target);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.WARN);
    level(context, verbosity);
  }

  /** MINA and Netty speak only from {@code -vvv} on: their lines are for their authors. */
  private static void level(LoggerContext context, int verbosity) {
    Level ours =
        switch (Math.min(verbosity, 2)) {
          case 2 -> Level.DEBUG;
          case 1 -> Level.INFO;
          default -> verbosity < 0 ? Level.ERROR : Level.WARN;
        };
    context.getLogger("dev.porthole").setLevel(ours);
    Level theirs = verbosity > 2 ? Level.DEBUG : verbosity > 0 ? Level.WARN : Level.ERROR;
    context.getLogger("org.apache.sshd").setLevel(theirs);
    context.getLogger("io.netty").setLevel(theirs);
  }

  /** Standard error outlives its appender. */
  private static final class Unclosed extends OutputStream {
    private final PrintStream err;

    private Unclosed(PrintStream err) {
      this.err = err;
    }

    @Override
    public void write(int b) {
      err.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      err.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      err.flush();
    }
  }
}
