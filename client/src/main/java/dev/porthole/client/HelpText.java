package dev.porthole.client;

import java.io.PrintStream;
import java.util.Optional;

/** What {@code --help} says: one screen of 80 columns and 24 lines. */
final class HelpText {
  static final String MAIN =
      """
      porthole - show what runs on localhost to the world, through any SSH relay

        porthole 8000                          share localhost:8000 at a public URL
        porthole [http|tcp|tls] [https://][host:]port [--relay HOST[:PORT]]
        porthole [options] -R [bind:]port:host:hostport [user@]relay [words...]
        porthole demo [--check]                relay, site and tunnel on this machine
        porthole relay --ssh-port N --http-port N        a relay of your own

        --relay HOST[:PORT]  who listens (free.pinggy.io)   --user NAME, -l NAME
        --name NAME          the public name to ask for     --token T, $PORTHOLE_TOKEN
        --json               one JSON event per line        -q quiet   -v -vv verbose
        -R SPEC  remote forward, repeatable    -L SPEC  local forward, repeatable
        -p PORT  the relay's SSH port          -i FILE  private key, repeatable
        -o KEY=VALUE  as in ssh_config         -N  no session, forwards only
        -4 -6  address family    -C compress   -c LIST  ciphers   -E FILE  log to file
        -h --help    -V --version              ssh's -t -T -n -x -a -k change nothing

      URLs go to standard output, all else to standard error. Ctrl-C lets visitors
      finish, twice stops at once. Defaults: ~/.config/porthole/config.yml
      Exit codes: 0 closed, 1 bug, 2 usage, 3 config file, 4 name, 5 unreachable,
      6 not SSH, 7 host key, 8 sign-in, 9 forward refused, 10 lost, 130 Ctrl-C twice
      """;

  private HelpText() {}

  /** Prints what a lone word asks for; loading the parser would take longer than the answer. */
  static boolean answers(String word, PrintStream out) {
    switch (word) {
      case "-h", "--help", "help" -> out.print(MAIN);
      case "-V", "--version" -> out.println(version());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Name and version of the jar, and of the Java that runs it. */
  static String version() {
    String own =
        Optional.ofNullable(HelpText.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return "porthole " + own + " (Java " + Runtime.version().feature() + ")";
  }
}
