package dev.porthole.ssh.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is lent over all connections has an end, and a new channel has a window all the same. */
class WindowBudgetTest {
  private static final int KIBIBYTE = 1024;

  @Test
  void oneConnectionLeavesHalfToTheOthers() {
    WindowBudget all = WindowBudget.of(100);
    WindowBudget greedy = all.share();
    WindowBudget modest = all.share();
    assertThat(greedy.lend(50)).isTrue();
    assertThat(greedy.lend(1)).isFalse();
    assertThat(modest.lend(50)).isTrue();
    assertThat(all.lend(1)).isFalse();
    greedy.takeBack(50);
    assertThat(all.lend(50)).isTrue();
  }

  @Test
  void refusedLoanCostsNothing() {
    WindowBudget all = WindowBudget.of(100);
    WindowBudget one = all.share();
    assertThat(one.lend(51)).isFalse();
    assertThat(all.lend(100)).isTrue();
  }

  @Test
  void channelOfAnEmptyBudgetHasTheLeastWindow() {
    WindowBudget budget = WindowBudget.of(300 * KIBIBYTE);
    assertThat(Inbound.initialWindow(budget)).isEqualTo(256 * KIBIBYTE);
    assertThat(Inbound.initialWindow(budget)).isEqualTo(32 * KIBIBYTE);
    Inbound.takeBack(budget, 32 * KIBIBYTE);
    Inbound.takeBack(budget, 256 * KIBIBYTE);
    assertThat(Inbound.initialWindow(budget)).isEqualTo(256 * KIBIBYTE);
  }
}
