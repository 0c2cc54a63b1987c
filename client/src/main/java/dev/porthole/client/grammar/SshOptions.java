package dev.porthole.client.grammar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of {@code -o}, in ssh_config's spelling. As in ssh, the first value of a key holds,
 * except for keys that add up (forwards, identities). Immutable once read.
 */
public final class SshOptions {
  /** Keys with an effect. */
  public static final Set<String> SUPPORTED =
      Set.of(
          "AddressFamily",
          "BatchMode",
          "Ciphers",
          "Compression",
          "ConnectTimeout",
          "ExitOnForwardFailure",
          "IdentitiesOnly",
          "IdentityAgent",
          "IdentityFile",
          "LocalForward",
          "NumberOfPasswordPrompts",
          "PasswordAuthentication",
          "Port",
          "PreferredAuthentications",
          "PubkeyAuthentication",
          "RemoteForward",
          "ServerAliveCountMax",
          "ServerAliveInterval",
          "SessionType",
          "StrictHostKeyChecking",
          "User",
          "UserKnownHostsFile");

  /** Keys that are taken and change nothing, because porthole has no such thing to switch. */
  public static final Set<String> IGNORED =
      Set.of(
          "CheckHostIP",
          "ConnectionAttempts",
          "ControlMaster",
          "ControlPath",
          "ControlPersist",
          "EscapeChar",
          "GSSAPIAuthentication",
          "GlobalKnownHostsFile",
          "HashKnownHosts",
          "IPQoS",
          "KbdInteractiveAuthentication",
          "LogLevel",
          "RequestTTY",
          "StdinNull",
          "TCPKeepAlive",
          "UpdateHostKeys",
          "VisualHostKey");

  private static final Pattern SHAPE =
      Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*?)\\s*", Pattern.DOTALL);
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smhdSMHD]?)");

  private final Map<String, List<String>> values;

  private SshOptions(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads all values of {@code -o}. */
  public static SshOptions parse(List<String> typed) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String option : typed) {
      Matcher shape = SHAPE.matcher(option);
      if (!shape.matches() || shape.group(2).isEmpty()) {
        throw new UsageException(
            "-o " + option + ": expected KEY=VALUE. Example: -o ServerAliveInterval=30");
      }
      String key = known(shape.group(1));
      values.computeIfAbsent(key, k -> new ArrayList<>()).add(unquoted(shape.group(2)));
    }
    return new SshOptions(values);
  }

  /** Whether a value of {@code -o} asks for a forward. */
  static boolean isForward(String option) {
    String key = option.strip().toLowerCase(Locale.ROOT);
    return key.startsWith("remoteforward") || key.startsWith("localforward");
  }

  /** The first value of a supported key. */
  public Optional<String> first(String key) {
    return all(key).stream().findFirst();
  }

  /** All values of a supported key. */
  public List<String> all(String key) {
    return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
  }

  /** A key that is yes or no. */
  public Optional<Boolean> flag(String key) {
    return first(key)
        .map(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "yes", "true" -> true;
                  case "no", "false" -> false;
                  default -> throw wrong(key, value, "yes or no");
                });
  }

  /** A key that is a whole number. */
  public Optional<Integer> number(String key) {
    return first(key)
        .map(
            value -> {
              if (!value.matches("[0-9]{1,9}")) {
                throw wrong(key, value, "a whole number");
              }
              return Integer.parseInt(value);
            });
  }

  /** A key that is a time: seconds, or a number with s, m, h or d. */
  public Optional<Duration> time(String key) {
    return first(key)
        .filter(value -> !value.equalsIgnoreCase("none"))
        .map(
            value -> {
              Matcher time = TIME.matcher(value);
              if (!time.matches()) {
                throw wrong(key, value, "seconds");
              }
              long number = Long.parseLong(time.group(1));
              return switch (time.group(2).toLowerCase(Locale.ROOT)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofSeconds(number);
              };
            });
  }

  /** A value out of a few. */
  public static UsageException wrong(String key, String value, String expected) {
    return new UsageException("-o " + key + "=" + value + ": expected " + expected + ".");
  }

  private static String known(String key) {
    boolean known =
        SUPPORTED.stream().anyMatch(key::equalsIgnoreCase)
            || IGNORED.stream().anyMatch(key::equalsIgnoreCase);
    if (known) {
      return key.toLowerCase(Locale.ROOT);
    }
    String what =
        switch (key.toLowerCase(Locale.ROOT)) {
          case "proxyjump", "proxycommand" -> RefusedOptions.jump();
          case "dynamicforward" -> "porthole offers no SOCKS proxy; name each service with -R";
          case "forwardagent", "forwardx11" -> "porthole lends nothing to the relay; leave it out";
          default -> "porthole does not know this key; docs/command.md lists those it does";
        };
    throw new UsageException("-o " + key + ": " + what + ".");
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
