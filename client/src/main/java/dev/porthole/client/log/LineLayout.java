package dev.porthole.client.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/**
 * One event, one line: level, message, key-values; with time and logger when there is much to tell
 * apart. Logback's own pattern layout loads some 150 classes, most of the start of the log.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final boolean detailed;

  /**
   * Short or detailed lines.
   *
   * @param detailed with time, logger and the whole stack trace
   */
  LineLayout(boolean detailed) {
    this.detailed = detailed;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(120);
    if (detailed) {
      line.append(time(event)).append(' ').append(padded(event.getLevel().toString()));
      line.append(shortName(event.getLoggerName())).append(": ");
    } else {
      line.append(event.getLevel()).append(": ");
    }
    line.append(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.append(' ').append(pair.key).append("=\"").append(pair.value).append('"');
      }
    }
    line.append(System.lineSeparator());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(detailed ? ThrowableProxyUtil.asString(thrown) : firstLine(thrown));
    }
    return line.toString();
  }

  private static String time(ILoggingEvent event) {
    return TIME.format(LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault()));
  }

  private static String padded(String level) {
    return level.length() < 5 ? level + "  " : level + " ";
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static String firstLine(IThrowableProxy thrown) {
    return thrown.getClassName() + ": " + thrown.getMessage() + System.lineSeparator();
  }
}
