package dev.porthole.relay.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exec string of a client. */
final class RemoteOptionsTest {

  @Test
  void optionsOfPinggysDocumentationAreUnderstood() throws Exception {
    RemoteOptions options =
        RemoteOptions.parse(
            "\"b:me:pass word\" k:key1 k:key2 a:X-One:1 r:Accept u:Host:localhost:3000"
                + " x:https x:xff x:fullurl x:passpreflight x:noreverseproxy w:10.0.0.0/8,::1");
    assertThat(options.basic()).containsExactly("me:pass word");
    assertThat(options.bearer()).containsExactlyInAnyOrder("key1", "key2");
    assertThat(options.headers())
        .containsExactly(
            new HeaderChange.Add("X-One", "1"),
            new HeaderChange.Remove("Accept"),
            new HeaderChange.Update("Host", "localhost:3000"));
    assertThat(options.httpsOnly()).isTrue();
    assertThat(options.clientAddressHeader()).contains("X-Forwarded-For");
    assertThat(options.fullUrl()).isTrue();
    assertThat(options.passPreflight()).isTrue();
    assertThat(options.reverseProxy()).isFalse();
  }

  @Test
  void quotesKeepBlanksAndBackslashesKeepQuotes() throws Exception {
    assertThat(RemoteOptions.parse("'a:X:it is' a:Y:a\\ b \"a:Z:say \\\"hi\\\"\"").headers())
        .containsExactly(
            new HeaderChange.Add("X", "it is"),
            new HeaderChange.Add("Y", "a b"),
            new HeaderChange.Add("Z", "say \"hi\""));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "2001:db8::/32, 2001:db8:1::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "10.0.0.0/8, ::1, false",
    "0.0.0.0/0, 203.0.113.9, true"
  })
  void addressIsAllowedByItsBlock(String block, String visitor, boolean allowed) throws Exception {
    RemoteOptions options = RemoteOptions.parse("w:" + block);
    assertThat(options.allows(new InetSocketAddress(visitor, 1))).isEqualTo(allowed);
  }

  @Test
  void withoutBlocksEverybodyIsAllowed() {
    assertThat(RemoteOptions.none().allows(new InetSocketAddress("203.0.113.9", 1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -l",
        "x:htpps",
        "x:haproxy",
        "x:localServerTls",
        "w:",
        "w:10.0.0.0/33",
        "w:10.0.0.0/8,oops",
        "w:example.com",
        "b:nocolon",
        "b:a:b:c",
        "k:",
        "a:Name",
        "a:Bad Name:1",
        "'a:X:1\r\nEvil: 1'",
        "a:Host:x",
        "r:Host",
        "\"a:X:never closed"
      })
  void oneWrongWordRefusesThemAll(String command) {
    assertThatThrownBy(() -> RemoteOptions.parse("x:https " + command))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(".");
  }

  @Test
  void secretsAreNotPrinted() throws Exception {
    assertThat(RemoteOptions.parse("b:me:secret k:secret").toString()).doesNotContain("secret");
  }
}
