package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Development servers as people run them, seen through OpenSSH's sshd and our client. */
@Timeout(60)
final class RealSitesIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static OpenSshRelay relay;

  @TempDir Path site;

  @BeforeAll
  static void startRelay() {
    relay = OpenSshRelay.start(folder);
  }

  @AfterAll
  static void stopRelay() {
    relay.close();
  }

  static Stream<Arguments> programsOnAddresses() {
    Stream<Arguments> loopback =
        Stream.of(HttpProgram.values())
            .filter(program -> program != HttpProgram.VITE)
            .flatMap(
                program ->
                    Stream.of(Where.IPV4, Where.NAME, Where.IPV6)
                        .map(where -> Arguments.of(program, where)));
    return Stream.concat(loopback, Stream.of(Arguments.of(HttpProgram.PYTHON, Where.ANOTHER)));
  }

  @ParameterizedTest
  @MethodSource("programsOnAddresses")
  void pageOfALocalServerIsSeenOutside(HttpProgram server, Where where) throws Exception {
    Files.writeString(site.resolve("index.html"), HttpProgram.PYTHON.text + "\n");
    try (HttpProgram.Running running = server.start(site, where)) {
      PublicPlace place = relay.share(where.target(running.port()));

      assertThat(curl(place)).contains(server.text);
      assertThat(HttpVisitor.get(place, "/")).contains(server.text);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IPV4", "NAME", "IPV6"})
  void viteShowsItsPageAndEveryChangeOfTheSource(Where where) throws Exception {
    Files.writeString(
        site.resolve("index.html"), "<!doctype html><script type=module src=/main.js></script>");
    writeModule(1);
    try (HttpProgram.Running running = HttpProgram.VITE.start(site, where)) {
      PublicPlace place = relay.share(where.target(running.port()));
      assertThat(curl(place)).contains(HttpProgram.VITE.text);

      try (RunningProgram browser = browser(place)) {
        browser.awaitLine("^page true", LIMIT);
        browser.awaitLine("^module true", LIMIT);
        browser.awaitLine("^hmr connected", LIMIT);
        writeModule(2);
        browser.awaitLine("^hmr update /main.js", LIMIT);
      }
    }
  }

  private void writeModule(int version) throws IOException {
    Files.writeString(
        site.resolve("main.js"), "console.log(" + version + ");\nimport.meta.hot?.accept();\n");
  }

  private static RunningProgram browser(PublicPlace place) {
    return RunningProgram.command(
            List.of(
                Peers.nodeWith("ws").toString(),
                Peers.nodeFolder().resolve("hmr-visitor.mjs").toString(),
                place.host(),
                Integer.toString(place.port()),
                place.authority()))
        .start();
  }

  private static String curl(PublicPlace place) {
    String curl = Peers.program("curl").toString();
    String url = "http://" + place.authority() + "/";
    return Programs.mustRun(LIMIT, curl, "-fsS", "--max-time", "20", url).out();
  }
}
