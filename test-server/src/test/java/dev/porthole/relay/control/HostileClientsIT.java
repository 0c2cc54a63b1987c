package dev.porthole.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.client.SessionOutput;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients who want more than their share. */
@Timeout(60)
class HostileClientsIT {
  @Test
  void forwardsAskedForInOneGoAreCountedToo() throws Exception {
    try (Relay relay = Relay.builder().start();
        TestClient client = TestClient.connect(relay, "tcp")) {
      assertThat(granted(client, new BindAddress("", 0), 100)).isEqualTo(64);
    }
  }

  @Test
  void sameForwardAskedForTwiceInOneGoStandsOnce() throws Exception {
    try (Relay relay = Relay.builder().start();
        TestClient client = TestClient.connect(relay, "")) {
      assertThat(granted(client, new BindAddress("tcp//", 1), 2)).isEqualTo(1);
    }
  }

  private static long granted(TestClient client, BindAddress wanted, int times) throws Exception {
    CompletableFuture<List<CompletableFuture<BindAddress>>> asked =
        CompletableFuture.supplyAsync(
            () ->
                Stream.generate(() -> client.connection().requestForward(wanted, open -> {}))
                    .limit(times)
                    .toList(),
            client.connection().loop());
    long granted = 0;
    for (CompletableFuture<BindAddress> each : asked.get(10, TimeUnit.SECONDS)) {
      granted += each.handle((bound, refusal) -> refusal == null ? 1 : 0).get(10, TimeUnit.SECONDS);
    }
    return granted;
  }

  private record Counter(AtomicLong read) implements SessionOutput {
    @Override
    public void onOutput(ByteBuf bytes, boolean standardError) {
      read.addAndGet(bytes.readableBytes());
    }

    @Override
    public void onClosed() {
      read.set(0);
    }
  }
}
