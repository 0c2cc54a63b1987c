package dev.porthole.relay.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.words.LoginName.Qr;
import org.junit.jupiter.api.Test;

/** Words of a user name, in any order and any case. */
final class LoginNameTest {

  @Test
  void nothingSaidMeansHttpForAnyone() {
    LoginName login = LoginName.parse("");
    assertThat(login.kind()).isEqualTo(TunnelKind.HTTP);
    assertThat(login.token()).isEmpty();
    assertThat(login.refusal()).isEmpty();
  }

  @Test
  void firstWordThatIsNoKeywordIsTheToken() {
    LoginName login = LoginName.parse("Force+aBcD12+TCP+qr+root");
    assertThat(login.token()).contains("aBcD12");
    assertThat(login.kind()).isEqualTo(TunnelKind.TCP);
    assertThat(login.force()).isTrue();
    assertThat(login.qr()).isEqualTo(Qr.UNICODE);
  }

  @Test
  void authAsksForAPassword() {
    assertThat(LoginName.parse("auth+http").auth()).isTrue();
    assertThat(LoginName.parse("http").auth()).isFalse();
  }

  @Test
  void twoKindsOrUdpAreRefusedInASentence() {
    assertThat(LoginName.parse("http+tcp").refusal().orElseThrow()).contains("Only one kind");
    assertThat(LoginName.parse("udp").refusal().orElseThrow()).contains("UDP is not offered");
  }

  @Test
  void tokenIsNotPrinted() {
    assertThat(LoginName.parse("secret+tcp").toString()).doesNotContain("secret");
  }
}
