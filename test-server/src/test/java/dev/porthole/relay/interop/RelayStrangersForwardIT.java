package dev.porthole.relay.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Services;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and ports that strangers ask the relay for. */
@Timeout(30)
class RelayStrangersForwardIT {
  private static Relay relay;
  private static LocalService echo;
  private static LocalService greeter;
  private static LocalService shop;
  private static LocalService blog;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws IOException {
    relay = Relay.builder().start();
    echo = Services.echo();
    greeter = Services.greeter("hello ");
    shop = Web.site("shop");
    blog = Web.site("blog");
  }

  @AfterAll
  static void close() {
    relay.close();
    echo.close();
    greeter.close();
    shop.close();
    blog.close();
  }

  @ParameterizedTest
  @EnumSource
  void chosenAndFixedTcpPortOnOneConnection(RelayGuest guest) throws Exception {
    int fixed = FreePort.next();
    int any = guest.takesPortZero() ? 0 : FreePort.next();
    try (StrangerClient client =
        guest.connect(
            folder,
            login("guest+tcp"),
            new RemoteForward("", any, echo.port()),
            new RemoteForward("localhost", fixed, greeter.port()))) {
      assertThat(talk(client.port(0), "one")).isEqualTo("one");
      assertThat(client.port(1)).isEqualTo(fixed);
      assertThat(talk(fixed, "two")).isEqualTo("hello two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void webSitesByGivenAndByWantedName(RelayGuest guest) throws Exception {
    int urls = FreePort.next();
    String name = "my-" + guest.name().toLowerCase(Locale.ROOT);
    try (StrangerClient client =
        guest.connect(
            folder,
            login("guest").local(urls, "localhost", 4300),
            new RemoteForward("", guest.webPort(), shop.port()),
            new RemoteForward(name, guest.webPort(), blog.port()))) {
      client.port(1);
      Matcher given = urlsAt(urls);
      assertThat(given.group(2)).isEqualTo(named(name));
      assertThat(Web.get(given.group(1) + "/a?b=c"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("\r\n\r\nshop\nGET /a?b=c HTTP/1.1");
      assertThat(Web.get(given.group(2))).contains("\r\n\r\nblog\nGET / HTTP/1.1");
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DBCLIENT", "PLINK"})
  void takenPortIsFreeAfterCancelAndTheOtherForwardLives(RelayGuest guest) throws Exception {
    int fixed = FreePort.next();
    try (StrangerClient client =
        guest.connect(
            folder,
            login("tcp"),
            new RemoteForward("", fixed, echo.port()),
            new RemoteForward("", 0, echo.port()))) {
      assertThat(talk(client.port(0), "one")).isEqualTo("one");
      assertThat(talk(client.port(1), "two")).isEqualTo("two");
      client.cancelFirst();
      await().until(() -> !FreePort.isListening(fixed));
      try (StrangerClient next =
          RelayGuest.SSHJ.connect(
              folder, login("tcp"), new RemoteForward("", fixed, greeter.port()))) {
        assertThat(talk(next.port(0), "three")).isEqualTo("hello three");
      }
      assertThat(talk(client.port(1), "four")).isEqualTo("four");
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DBCLIENT", "PLINK"})
  void nameIsFreeAfterCancelAndTheOtherNameLives(RelayGuest guest) throws Exception {
    String name = "gone-" + guest.name().toLowerCase(Locale.ROOT);
    try (StrangerClient client =
        guest.connect(
            folder,
            login("guest"),
            new RemoteForward(name, 0, shop.port()),
            new RemoteForward("stays-" + name, 0, blog.port()))) {
      client.port(1);
      assertThat(Web.get(named(name))).contains("\r\n\r\nshop\n");
      client.cancelFirst();
      await().until(() -> Web.get(named(name)).startsWith("HTTP/1.1 404 "));
      assertThat(Web.get(named("stays-" + name))).contains("\r\n\r\nblog\n");
      try (StrangerClient next =
          RelayGuest.JSCH.connect(
              folder, login("guest"), new RemoteForward(name, 0, blog.port()))) {
        next.port(0);
        assertThat(Web.get(named(name))).contains("\r\n\r\nblog\n");
      }
    }
  }

  /** Says a line and hears one; who hangs up first is not the question here. */
  private static String talk(int port, String line) throws IOException {
    try (Socket visitor = Visitor.connect(port)) {
      visitor.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return Visitor.readLine(visitor);
    }
  }

  private static SshLogin login(String user) {
    return SshLogin.anonymous(relay.sshPort(), user);
  }

  private static String named(String name) {
    return "http://" + name + ".localhost:" + relay.httpPort();
  }

  private static Matcher urlsAt(int port) throws IOException {
    await().until(() -> FreePort.isListening(port));
    String answer = Web.get("http://localhost:" + port + "/urls");
    Matcher both = Pattern.compile("\\{\"urls\":\\[\"([^\"]*)\",\"([^\"]*)\"]}").matcher(answer);
    assertThat(both.find()).as(answer).isTrue();
    return both;
  }
}
