package dev.porthole.client.run;

import dev.porthole.client.console.Surroundings;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.client.story.Story;
import dev.porthole.tunnel.Tunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.TunnelListener;
import dev.porthole.tunnel.connect.Porthole;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Opens a tunnel and waits for its end. The first Ctrl-C lets visitors finish, the second does not
 * wait.
 */
public final class TunnelRun {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  /**
   * timeout(1) and some service managers signal the process and its group: one wish, heard twice.
   */
  private static final Duration ECHO_LIMIT = Duration.ofMillis(300);

  private final TunnelConfig config;
  private final Story.Form form;
  private final Surroundings surroundings;
  private final CompletableFuture<Void> hurry = new CompletableFuture<>();
  private OptionalLong firstStop = OptionalLong.empty(); // guarded by this

  private TunnelRun(TunnelConfig config, Story.Form form, Surroundings surroundings) {
    this.config = config;
    this.form = form;
    this.surroundings = surroundings;
  }

  /** How it ended, and with what failure. */
  public record Outcome(ExitCode code, Optional<TunnelException> failure) {}

  /** Blocks until the tunnel has ended. */
  public static Outcome run(TunnelConfig config, Story.Form form, Surroundings surroundings) {
    TunnelListener story = Story.teller(form, config, surroundings);
    return new TunnelRun(config, form, surroundings).run(story);
  }

  private Outcome run(TunnelListener story) {
    Tunnel tunnel = Porthole.open(config, story);
    surroundings.signals().onStop(() -> stop(tunnel));
    awaitEnd(tunnel);
    if (!tunnel.closed().isDone()) {
      // Closing would wait for the tunnel; the process ends now and takes its sockets along.
      return new Outcome(ExitCode.INTERRUPTED, Optional.empty());
    }
    Optional<TunnelException> cause = tunnel.closed().join().cause();
    return new Outcome(cause.map(ExitCode::of).orElse(ExitCode.OK), cause);
  }

  private void awaitEnd(Tunnel tunnel) {
    try {
      CompletableFuture.anyOf(tunnel.closed(), hurry).get();
    } catch (InterruptedException e) {
      tunnel.close();
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither of the two ever fails", e);
    }
  }

  private synchronized void stop(Tunnel tunnel) {
    if (firstStop.isPresent()) {
      boolean meant = System.nanoTime() - firstStop.getAsLong() > ECHO_LIMIT.toNanos();
      if (meant) {
        hurry.complete(null);
      }
      return;
    }
    firstStop = OptionalLong.of(System.nanoTime());
    if (form != Story.Form.QUIET) {
      surroundings
          .err()
          .println(
              "Stopping: visitors inside have "
                  + DRAIN_LIMIT.toSeconds()
                  + " s to finish. Once more stops at once.");
    }
    tunnel.drain(DRAIN_LIMIT);
  }
}
