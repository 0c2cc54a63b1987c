package dev.porthole.relay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import dev.porthole.relay.TestClient;
import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.client.SessionOutput;
import dev.porthole.ssh.client.SessionRequest;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.service.Visitor;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
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

  @Test
  void sessionNobodyReadsDoesNotFillTheRelay() throws Exception {
    AtomicLong read = new AtomicLong();
    try (Relay relay = Relay.builder().start();
        TestClient client = TestClient.connect(relay, "")) {
      SshChannel session =
          client
              .connection()
              .openSession(new SessionRequest(Optional.empty(), false), new Counter(read))
              .get(10, TimeUnit.SECONDS);
      session.config().setAutoRead(false);
      BindAddress refused = new BindAddress("!".repeat(300), 0);
      for (int i = 0; i < 40; i++) {
        assertThat(granted(client, refused, 500)).isZero();
      }
      session.config().setAutoRead(true);
      client.connection().keepalive().get(10, TimeUnit.SECONDS);
      client.forward("shop", 0, 1);
      await().untilAsserted(() -> assertThat(read.get()).isGreaterThan(250_000));
      assertThat(granted(client, refused, 1)).isZero();
      await().during(1, TimeUnit.SECONDS).until(() -> read.get() < 1_000_000);
    }
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

  @Test
  void forceDoesNotEndTheTunnelsOfStrangers() throws Exception {
    try (Relay relay = Relay.builder().start();
        TestClient first = TestClient.connect(relay, "alice")) {
      first.session("");
      first.forward("shop", 0, FreePort.next());
      try (TestClient second = TestClient.connect(relay, "alice+force")) {
        second.forward("", 0, 1);
        assertThat(
                Visitor.exchange(
                    relay.httpPort(), "GET / HTTP/1.1\r\nHost: shop.localhost\r\n\r\n"))
            .startsWith("HTTP/1.1 502 ");
      }
    }
  }

  @Test
  void forceEndsTheOtherTunnelsOfAToken() throws Exception {
    try (Relay relay = Relay.builder().token("s3cr3t").start();
        TestClient first = TestClient.connect(relay, "s3cr3t");
        TestClient second = TestClient.connect(relay, "s3cr3t+force")) {
      first.connection().closed().get(10, TimeUnit.SECONDS);
      assertThat(second.connection().closed()).isNotDone();
    }
  }
}
