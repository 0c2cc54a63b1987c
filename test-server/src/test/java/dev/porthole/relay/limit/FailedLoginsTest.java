package dev.porthole.relay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Guessing passwords takes long. */
class FailedLoginsTest {
  private static final InetAddress GUESSER = NetUtil.createInetAddressFromIpAddressString("::9");

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final FailedLogins failed = new FailedLogins(2, now::get);

  @Test
  void whoFailsTooOftenWaitsUntilTheMinuteIsOver() {
    failed.add(GUESSER);
    assertThat(failed.isTooMany(GUESSER)).isFalse();
    now.addAndGet(TimeUnit.SECONDS.toNanos(30));
    failed.add(GUESSER);
    assertThat(failed.isTooMany(GUESSER)).isTrue();
    now.addAndGet(TimeUnit.SECONDS.toNanos(31));
    assertThat(failed.isTooMany(GUESSER)).isFalse();
    failed.add(GUESSER);
    assertThat(failed.isTooMany(GUESSER)).isFalse();
  }

  @Test
  void neighboursOfAnIpv6NetworkAreOne() {
    failed.add(NetUtil.createInetAddressFromIpAddressString("2001:db8::1"));
    failed.add(NetUtil.createInetAddressFromIpAddressString("2001:db8::2:1"));
    assertThat(failed.isTooMany(NetUtil.createInetAddressFromIpAddressString("2001:db8::3")))
        .isTrue();
    assertThat(failed.isTooMany(NetUtil.createInetAddressFromIpAddressString("2001:db8:0:1::1")))
        .isFalse();
    assertThat(failed.isTooMany(NetUtil.createInetAddressFromIpAddressString("192.0.2.1")))
        .isFalse();
  }
}
