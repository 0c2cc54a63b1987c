package dev.porthole.ssh.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that key exchanges come to an end and lead to something. A client begins them all; it
 * has to send nothing else meanwhile (RFC 4253 section 7.1), and our answers to what it sends
 * anyway would wait in memory. Confined to the loop.
 */
final class KeyExchangeWatch {
  private static final int LIMIT_SECONDS = 30;

  /** Some clients have packets under way when they begin. */
  private static final int MAX_PACKETS_MEANWHILE = 4096;

  private static final int MAX_IN_SUCCESSION = 16;

  private final EventLoop loop;
  private final Consumer<String> disconnect;
  private @Nullable ScheduledFuture<?> deadline;
  private int packetsMeanwhile;
  private int inSuccession;

  /**
   * For one connection.
   *
   * @param disconnect ends it, with a sentence for the client
   */
  KeyExchangeWatch(EventLoop loop, Consumer<String> disconnect) {
    this.loop = loop;
    this.disconnect = disconnect;
  }

  void begins() {
    end();
    packetsMeanwhile = 0;
    inSuccession++;
    if (inSuccession > MAX_IN_SUCCESSION) {
      disconnect.accept("Key exchanges without anything between them.");
      return;
    }
    deadline =
        loop.schedule(
            () -> disconnect.accept("The key exchange took too long."),
            LIMIT_SECONDS,
            TimeUnit.SECONDS);
  }

  void end() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  /** A packet of the connection protocol came. */
  void onPacket() {
    inSuccession = 0;
    if (deadline != null && ++packetsMeanwhile > MAX_PACKETS_MEANWHILE) {
      end();
      disconnect.accept("Too many packets during a key exchange.");
    }
  }
}
