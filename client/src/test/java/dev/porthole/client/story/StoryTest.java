package dev.porthole.client.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelEvent;
import dev.porthole.tunnel.TunnelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people and scripts read of each event. */
final class StoryTest {
  private static final HostPort RELAY = new HostPort("pro.pinggy.io", 443);
  private static final Forward FORWARD =
      new Forward(Forward.Kind.HTTP, "app", 0, Target.plain("localhost", 8000));
  private static final LocalForward LOCAL =
      new LocalForward("127.0.0.1", 0, new HostPort("localhost", 4300));
  private static final PublicUrl URL = new PublicUrl(URI.create("https://a.example"));
  private static final PublicUrl OTHER = new PublicUrl(URI.create("https://b.example"));
  private final TunnelException lost = new TunnelException.ConnectionLost("gone", null);

  private final List<TunnelEvent> all =
      List.of(
          new TunnelEvent.Connecting(RELAY, 2),
          new TunnelEvent.Connected(RELAY, "Server_1", "ssh-ed25519 SHA256:abc"),
          new TunnelEvent.HostKeyRemembered("ssh-ed25519 SHA256:abc", "/known"),
          new TunnelEvent.Authenticated("SECRET99+tcp"),
          new TunnelEvent.ForwardStands(FORWARD, 7),
          new TunnelEvent.ForwardFailed(FORWARD, "in use"),
          new TunnelEvent.LocalForwardStands(LOCAL, 4300),
          new TunnelEvent.LocalForwardFailed(LOCAL, "in use"),
          new TunnelEvent.Url(URL, Optional.of(FORWARD)),
          new TunnelEvent.UrlChanged(List.of(URL), List.of(OTHER)),
          new TunnelEvent.Ready(List.of(OTHER)),
          new TunnelEvent.RelayText("hello SECRET99"),
          new TunnelEvent.Warning("careful"),
          new TunnelEvent.Lost(lost),
          new TunnelEvent.Reconnecting(3, Duration.ofMillis(1500)),
          new TunnelEvent.VisitFailed(FORWARD.target(), "10.0.0.1:5", "connection refused"),
          new TunnelEvent.Draining(2),
          new TunnelEvent.Closed(Optional.of(lost)));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Masking masking =
      Masking.of(TunnelConfig.builder(RELAY).user("SECRET99+tcp").build());

  private List<String> json() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
    JsonStory story = new JsonStory(printer(out), printer(err), masking, clock);
    all.forEach(story::onEvent);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private TextStory text(Story.Form form) {
    return new TextStory(printer(out), printer(err), masking, form);
  }

  private static PrintStream printer(OutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @Test
  void everyKindOfEventIsToldWithDocumentedFields() throws IOException {
    String manual = Files.readString(Path.of("..", "docs", "events.md"));
    List<String> lines = json();

    assertThat(all)
        .map(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) TunnelEvent.class.getPermittedSubclasses());
    assertThat(lines).hasSameSizeAs(all);
    for (String line : lines) {
      List<String> fields = fields(line);
      assertThat(fields).startsWith("time", "type");
      String type = line.replaceAll(".*\"type\":\"([a-z_]+)\".*", "$1");
      String row = manual.lines().filter(r -> r.startsWith("| `" + type + "` ")).findFirst().get();
      assertThat(fields.subList(2, fields.size()))
          .isNotEmpty()
          .allSatisfy(field -> assertThat(row).contains("`" + field + "`"));
    }
  }

  private static List<String> fields(String line) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
        }
      }
    }
    return names;
  }

  @Test
  void eventIsOneLineOfJson() {
    assertThat(json())
        .contains(
            "{\"time\":\"2026-01-02T03:04:05.678Z\",\"type\":\"reconnecting\","
                + "\"attempt\":3,\"delay_ms\":1500}",
            "{\"time\":\"2026-01-02T03:04:05.678Z\",\"type\":\"ready\","
                + "\"urls\":[\"https://b.example\"]}");
  }

  @Test
  void tokenIsToldNowhere() {
    TextStory story = text(Story.Form.CHATTY);
    all.forEach(story::onEvent);

    assertThat(String.join("\n", json())).contains("***+tcp").doesNotContain("SECRET99");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("***").doesNotContain("SECRET99");
  }

  @Test
  void urlIsPrintedOnceUntilItChanges() {
    TextStory story = text(Story.Form.TEXT);
    story.onEvent(new TunnelEvent.Url(URL, Optional.empty()));
    story.onEvent(new TunnelEvent.Ready(List.of(URL)));
    story.onEvent(new TunnelEvent.Lost(lost));
    story.onEvent(new TunnelEvent.Ready(List.of(URL)));
    story.onEvent(new TunnelEvent.UrlChanged(List.of(URL), List.of(OTHER)));
    story.onEvent(new TunnelEvent.Ready(List.of(OTHER)));

    assertThat(out).hasToString("https://a.example\nhttps://b.example\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("THE PUBLIC ADDRESS CHANGED. No longer valid: https://a.example");
  }

  @Test
  void quietStoryHasWarningsOnly() {
    TextStory story = text(Story.Form.QUIET);
    all.forEach(story::onEvent);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Warning: careful")
        .doesNotContain("Connecting");
  }

  @Test
  void relayMayExplainRefusalWhichIsNotToldTwice() {
    TextStory story = text(Story.Form.TEXT);
    story.onEvent(new TunnelEvent.RelayText("a greeting"));
    story.onEvent(new TunnelEvent.ForwardFailed(FORWARD, "gone"));
    story.onEvent(new TunnelEvent.RelayText("no TLS here"));
    story.onEvent(new TunnelEvent.Closed(Optional.of(lost)));

    assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("Relay: no TLS here");
  }

  @Test
  void readerWhoLeftIsNoReasonToStop() {
    PrintStream broken =
        printer(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    JsonStory story = new JsonStory(broken, printer(err), masking, Clock.systemUTC());

    all.forEach(story::onEvent);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("nobody reads standard output");
  }
}
