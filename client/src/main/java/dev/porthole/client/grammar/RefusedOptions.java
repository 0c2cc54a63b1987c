package dev.porthole.client.grammar;

import java.util.Map;
import java.util.Optional;

/** Options of ssh that make no sense here, and what to do instead. The one table of them. */
public final class RefusedOptions {
  private static final String NO_DISPLAY = "porthole forwards no display; use ssh for that";
  private static final String NO_SHARING =
      "porthole shares no connections; put several -R on one command line instead";
  private static final String NO_JUMP =
      "porthole connects to the relay itself; run ssh -L through the jump host, and porthole to that"
          + " local port";

  private static final Map<Character, String> SENTENCES =
      Map.ofEntries(
          Map.entry('A', "porthole lends no agent to the relay; use ssh for that"),
          Map.entry('B', "choose the way out with the system's routes, or use -4 or -6"),
          Map.entry('b', "choose the way out with the system's routes, or use -4 or -6"),
          Map.entry('D', "porthole offers no SOCKS proxy; name each service with -R or -L"),
          Map.entry('F', "porthole reads no ssh_config; put defaults into config.yml or use -o"),
          Map.entry(
              'f', "porthole stays in the foreground; add & in the shell, or run it as a service"),
          Map.entry('G', "porthole prints no ssh configuration; see porthole --help"),
          Map.entry('g', "name the address instead: -L *:4300:localhost:4300"),
          Map.entry('I', "load the token's keys into ssh-agent, which porthole asks"),
          Map.entry('J', NO_JUMP),
          Map.entry('K', "GSSAPI is not supported; use a key or a password"),
          Map.entry('M', NO_SHARING),
          Map.entry('m', "MACs are chosen by porthole; name ciphers with -c if you must"),
          Map.entry('O', NO_SHARING),
          Map.entry('P', "porthole reads no ssh_config, so a tag selects nothing; leave it out"),
          Map.entry('Q', "ask ssh -Q; what porthole offers stands in SECURITY.md"),
          Map.entry('S', NO_SHARING),
          Map.entry('s', "porthole starts no subsystems; use sftp or ssh for that"),
          Map.entry('W', "use -L with a port: -L 4300:localhost:4300"),
          Map.entry('w', "porthole makes no network devices; name each service with -R"),
          Map.entry('X', NO_DISPLAY),
          Map.entry('Y', NO_DISPLAY),
          Map.entry('y', "send the log to a file with -E instead"));

  private RefusedOptions() {}

  /** The sentence for an option's letter, if it is refused. */
  public static Optional<String> sentence(char letter) {
    return Optional.ofNullable(SENTENCES.get(letter))
        .map(text -> "-" + letter + " is not for porthole: " + text + ".");
  }

  /** All letters, for the documentation's test. */
  public static Iterable<Character> letters() {
    return SENTENCES.keySet();
  }

  /** The same reason for {@code -o ProxyJump} and its kin. */
  static String jump() {
    return NO_JUMP;
  }
}
