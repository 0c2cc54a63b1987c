package dev.porthole.relay.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.ssh.channel.BindAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code -R} means to the relay. */
final class ForwardWishTest {

  @ParameterizedTest
  @CsvSource({
    // bind host, port, usual kind -> kind, name, port
    "'', 0, HTTP, HTTP, , 0",
    "localhost, 0, HTTP, HTTP, , 0",
    "*, 80, HTTP, HTTP, , 0",
    "0.0.0.0, 443, HTTP, HTTP, , 0",
    "'', 1, HTTP, HTTP, , 0",
    "'', 5432, HTTP, TCP, , 5432",
    "localhost, 0, TCP, TCP, , 0",
    "127.0.0.1, 9000, TCP, TCP, , 9000",
    "myapp, 0, HTTP, HTTP, myapp, 0",
    "MyApp.Example.COM., 80, HTTP, HTTP, myapp.example.com, 0",
    "http//shop.example.com, 1, TCP, HTTP, shop.example.com, 0",
    "tcp//ssh.example.com/34567, 1, HTTP, TCP, ssh.example.com, 34567",
    "tls//example.com, 1, HTTP, TLS, example.com, 0",
    "tlstcp//a.example.com/15421@db, 1, HTTP, TLSTCP, a.example.com, 15421",
    "tcp//, 1, HTTP, TCP, , 0"
  })
  void bindHostAndPortSayWhatIsWanted(
      String host, int port, TunnelKind usual, TunnelKind kind, String name, int wanted)
      throws Exception {
    assertThat(ForwardWish.parse(new BindAddress(host, port), usual))
        .isEqualTo(new ForwardWish(kind, Optional.ofNullable(name), wanted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp//a", "-a", "a..b", "a b", "tcp//a/99999", "tcp//a/x", "a_b", "ä"})
  void whatIsNoNameIsRefused(String host) {
    assertThatThrownBy(() -> ForwardWish.parse(new BindAddress(host, 0), TunnelKind.HTTP))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void hugeNameIsRefusedAndNothingElseHappens() {
    assertThatThrownBy(
            () -> ForwardWish.parse(new BindAddress("a.".repeat(100_000), 0), TunnelKind.HTTP))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void longestLabelIsSixtyThreeLetters() throws Exception {
    assertThat(ForwardWish.parse(new BindAddress("a".repeat(63), 0), TunnelKind.HTTP).name())
        .isPresent();
    assertThatThrownBy(() -> ForwardWish.parse(new BindAddress("a".repeat(64), 0), TunnelKind.HTTP))
        .isInstanceOf(RefusedException.class);
  }
}
