package dev.porthole.client.relay;

import dev.porthole.client.grammar.UsageException;
import dev.porthole.relay.config.Limits;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options about what one address gets; what is not said stays as the relay has it. */
final class LimitOptions {
  @Option(names = "--keepalive", paramLabel = "S", description = "asks silent clients (10)")
  private Optional<Integer> keepalive = Optional.empty();

  @Option(names = "--keepalive-misses", paramLabel = "N", description = "then they are gone (3)")
  private Optional<Integer> misses = Optional.empty();

  @Option(names = "--max-clients", paramLabel = "N", description = "of an address (256)")
  private Optional<Integer> clients = Optional.empty();

  @Option(names = "--max-strangers", paramLabel = "N", description = "not logged in, ditto (64)")
  private Optional<Integer> strangers = Optional.empty();

  @Option(names = "--max-failed-logins", paramLabel = "N", description = "ditto, a minute (60)")
  private Optional<Integer> failedLogins = Optional.empty();

  @Option(names = "--max-visitors", paramLabel = "N", description = "of an address (2048)")
  private Optional<Integer> visitors = Optional.empty();

  @Option(names = "--max-all-visitors", paramLabel = "N", description = "together (10000)")
  private Optional<Integer> allVisitors = Optional.empty();

  Limits limits() {
    Limits usual = Limits.DEFAULT;
    try {
      return new Limits(
          keepalive.map(Duration::ofSeconds).orElse(usual.keepalive()),
          misses.orElse(usual.misses()),
          usual.login(),
          clients.orElse(usual.clientsPerAddress()),
          strangers.orElse(usual.strangersPerAddress()),
          failedLogins.orElse(usual.failedLoginsPerAddress()),
          visitors.orElse(usual.visitorsPerAddress()),
          allVisitors.orElse(usual.visitors()));
    } catch (IllegalArgumentException e) {
      throw new UsageException("The limits of the relay are at least 1: " + e.getMessage());
    }
  }
}
