package dev.porthole.relay.config;

import java.time.Duration;

/**
 * What a relay gives to one address, and how long it waits. An address is an IPv4 address, or the
 * first 64 bits of an IPv6 address.
 *
 * @param keepalive a client that is silent for so long is asked for a sign of life
 * @param misses after so many questions without an answer, and one more interval, it is gone
 * @param login from connect to logged in
 * @param clientsPerAddress SSH connections
 * @param strangersPerAddress SSH connections that are not logged in yet
 * @param failedLoginsPerAddress in a minute; whoever fails more often waits for the next one
 * @param visitorsPerAddress connections of visitors
 * @param visitors connections of all visitors together
 */
public record Limits(
    Duration keepalive,
    int misses,
    Duration login,
    int clientsPerAddress,
    int strangersPerAddress,
    int failedLoginsPerAddress,
    int visitorsPerAddress,
    int visitors) {

  /** Generous to people, and to test suites on one machine. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), 256, 64, 60, 2048, 10_000);

  /** Checks all. */
  public Limits {
    positive("keepalive", keepalive.toMillis());
    positive("login", login.toMillis());
    positive("clientsPerAddress", clientsPerAddress);
    positive("strangersPerAddress", strangersPerAddress);
    positive("failedLoginsPerAddress", failedLoginsPerAddress);
    positive("visitorsPerAddress", visitorsPerAddress);
    positive("visitors", visitors);
    positive("misses", misses);
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
    }
  }
}
