package dev.porthole.relay.http;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may be without a request: first, or after the last. Confined to the loop.
 */
final class Patience {
  private static final int SECONDS = 60;

  private @Nullable ScheduledFuture<?> end;

  void begin(Channel visitor) {
    end = visitor.eventLoop().schedule(() -> visitor.close(), SECONDS, TimeUnit.SECONDS);
  }

  void end() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }
}
