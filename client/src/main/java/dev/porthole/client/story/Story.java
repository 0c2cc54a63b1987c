package dev.porthole.client.story;

import dev.porthole.client.console.Surroundings;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelListener;
import java.time.Clock;

/** Tells a tunnel's events to people or to scripts. Secrets of the configuration are masked. */
public final class Story {
  private Story() {}

  /** How much, and in which form. */
  public enum Form {
    /** URLs on standard output, the story on standard error. */
    TEXT,
    /** As {@link #TEXT}, and the relay's own words. */
    CHATTY,
    /** As {@link #TEXT}, but only warnings and failures of the story. */
    QUIET,
    /** One JSON object per event on standard output. */
    JSON
  }

  /** A listener that writes to the standard streams of the surroundings. */
  public static TunnelListener teller(Form form, TunnelConfig config, Surroundings surroundings) {
    Masking masking = Masking.of(config);
    if (form == Form.JSON) {
      return new JsonStory(surroundings.out(), surroundings.err(), masking, Clock.systemUTC());
    }
    TextStory story = new TextStory(surroundings.out(), surroundings.err(), masking, form);
    return story::onEvent;
  }

  /** A text without the secrets of the configuration. */
  public static String masked(TunnelConfig config, String text) {
    return Masking.of(config).apply(text);
  }
}
