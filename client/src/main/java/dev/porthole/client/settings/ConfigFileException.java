package dev.porthole.client.settings;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The configuration file cannot be used; the message names file and line. */
public final class ConfigFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ConfigFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
