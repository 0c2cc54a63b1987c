package dev.porthole.client.settings;

import dev.porthole.client.grammar.SshOptions;
import dev.porthole.client.grammar.UsageException;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.TunnelConfig.Family;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the connection is made and kept: times, family, ciphers. */
final class Connection {
  private static final long CONNECT_SECONDS = 30;
  private static final long ALIVE_SECONDS = 10;
  private static final int ALIVE_MISSES = 3;

  private Connection() {}

  static void apply(TunnelConfig.Builder builder, Typed typed, SshOptions options) {
    Duration connect = Settings.orDefault(options.time("ConnectTimeout"), CONNECT_SECONDS);
    builder
        .family(family(typed, options))
        .connectLimit(connect.isZero() ? Duration.ofSeconds(CONNECT_SECONDS) : connect)
        .keepalive(
            Settings.orDefault(options.time("ServerAliveInterval"), ALIVE_SECONDS),
            Math.max(1, options.number("ServerAliveCountMax").orElse(ALIVE_MISSES)))
        .requireAllForwards(options.flag("ExitOnForwardFailure").orElse(false))
        .compression(typed.compression() || options.flag("Compression").orElse(false))
        .ciphers(ciphers(typed.ciphers().or(() -> options.first("Ciphers"))));
  }

  private static Family family(Typed typed, SshOptions options) {
    if (typed.ipv4() && typed.ipv6()) {
      throw new UsageException("-4 and -6 exclude each other; leave both out to use either.");
    }
    if (typed.ipv4() || typed.ipv6()) {
      return typed.ipv4() ? Family.IPV4 : Family.IPV6;
    }
    return options
        .first("AddressFamily")
        .map(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "any" -> Family.ANY;
                  case "inet" -> Family.IPV4;
                  case "inet6" -> Family.IPV6;
                  default -> throw SshOptions.wrong("AddressFamily", value, "any, inet or inet6");
                })
        .orElse(Family.ANY);
  }

  private static List<String> ciphers(Optional<String> said) {
    if (said.isEmpty()) {
      return List.of();
    }
    if (said.get().startsWith("+") || said.get().startsWith("-") || said.get().startsWith("^")) {
      throw new UsageException(
          "Ciphers " + said.get() + ": list the whole names; porthole has no + - ^ lists.");
    }
    return List.of(said.get().split(",", -1));
  }
}
