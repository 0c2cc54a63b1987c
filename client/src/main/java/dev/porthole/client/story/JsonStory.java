package dev.porthole.client.story;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelListener;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * Tells scripts: one JSON object per event and line. Confined to the tunnel's thread. A reader that
 * went away does not disturb the tunnel.
 */
final class JsonStory implements TunnelListener {
  private final JsonFactory json = new JsonFactory();
  private final PrintStream out;
  private final PrintStream err;
  private final Masking masking;
  private final Clock clock;
  private boolean outputGone;

  JsonStory(PrintStream out, PrintStream err, Masking masking, Clock clock) {
    this.out = out;
    this.err = err;
    this.masking = masking;
    this.clock = clock;
  }

  @Override
  public void onEvent(TunnelEvent event) {
    out.println(line(event));
    if (out.checkError() && !outputGone) {
      outputGone = true;
      err.println("Warning: nobody reads standard output any more; the tunnel stays.");
    }
  }

  private String line(TunnelEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator object = json.createGenerator(line)) {
      object.writeStartObject();
      object.writeStringField("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
      object.writeStringField("type", JsonFields.nameOf(event.getClass()));
      new JsonFields(object, masking).write(event);
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return line.toString();
  }
}
