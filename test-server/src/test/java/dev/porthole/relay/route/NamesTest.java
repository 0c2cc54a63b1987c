package dev.porthole.relay.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names that are made. */
final class NamesTest {
  private final Names names = new Names(new byte[] {1, 2, 3});

  @Test
  void whoIsTheSameGetsTheSameNameAlsoAfterARestart() {
    Names restarted = new Names(new byte[] {1, 2, 3});
    assertThat(restarted.of("SHA256:abc", 0)).isEqualTo(names.of("SHA256:abc", 0));
  }

  @Test
  void nameDependsOnWhoOnWhichAndOnTheSecret() {
    String name = names.of("SHA256:abc", 0);
    assertThat(name)
        .isNotEqualTo(names.of("SHA256:abd", 0))
        .isNotEqualTo(names.of("SHA256:abc", 1))
        .isNotEqualTo(new Names(new byte[] {9}).of("SHA256:abc", 0));
  }

  @Test
  void everyNameIsOneLabelOfAHostName() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String name = names.any();
      assertThat(name).matches("[a-z]+-[a-z]+-[a-z0-9]+").hasSizeLessThan(40);
      seen.add(name);
    }
    assertThat(seen).hasSizeGreaterThan(990);
  }
}
