package dev.porthole.client.grammar;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.LocalForward;
import dev.porthole.tunnel.Target;
import java.util.List;
import java.util.Locale;

/**
 * The values of {@code -R} and {@code -L}.
 *
 * <pre>
 *   remote = [bind ":"] port ":" host ":" hostport
 *   bind   = "" / "*" / name / address / "[" IPv6 "]" / type "//" name ["/" port]
 *   type   = "http" / "tcp" / "tls" / "tlstcp"            (Pinggy's typed form)
 *   local  = [bind ":"] port ":" host ":" hostport
 * </pre>
 */
public final class ForwardSpec {
  /** What ssh asks for when no bind address is typed (RFC 4254, section 7.1). */
  static final String UNSAID = "localhost";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVERYWHERE = "0.0.0.0";

  private final String option;
  private final String typed;
  private final String example;

  private ForwardSpec(String option, String typed, String example) {
    this.option = option;
    this.typed = typed;
    this.example = example;
  }

  /** Reads the value of {@code -R}. */
  public static Forward remote(String typed) {
    return new ForwardSpec("-R", typed, "-R 0:localhost:8000").readRemote();
  }

  /** Reads the value of {@code -L}. */
  public static LocalForward local(String typed) {
    return new ForwardSpec("-L", typed, "-L 4300:localhost:4300").readLocal();
  }

  private Forward readRemote() {
    List<String> fields = fields();
    boolean bound = fields.size() == 4;
    String bind = bound ? fields.get(0) : UNSAID;
    Forward.Kind kind = kind(bind);
    int at = bound ? 1 : 0;
    int port = port("remote port", fields.get(at), 0);
    HostPort target = hostPort("local service's", fields.get(at + 1), fields.get(at + 2));
    return new Forward(kind, bind, port, new Target(target, false));
  }

  private LocalForward readLocal() {
    List<String> fields = fields();
    boolean bound = fields.size() == 4;
    String bind = bound ? fields.get(0) : LOOPBACK;
    int at = bound ? 1 : 0;
    int port = port("local port", fields.get(at), 0);
    HostPort destination = hostPort("destination's", fields.get(at + 1), fields.get(at + 2));
    boolean everywhere = bind.isEmpty() || bind.equals("*");
    return new LocalForward(everywhere ? EVERYWHERE : bind, port, destination);
  }

  private List<String> fields() {
    List<String> fields;
    try {
      fields = Fields.split(typed);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (fields.stream().anyMatch(field -> field.startsWith("/"))) {
      throw wrong("UNIX sockets are not supported; name a host and a port");
    }
    if (fields.size() < 3) {
      throw tooShort(fields);
    }
    if (fields.size() > 4) {
      throw wrong("there are too many colons; put IPv6 addresses into [brackets]");
    }
    return fields;
  }

  private UsageException tooShort(List<String> fields) {
    String last = fields.get(fields.size() - 1);
    boolean portsOnly = fields.stream().allMatch(field -> field.matches("[0-9]*"));
    if (option.equals("-R") && fields.size() == 1 && portsOnly) {
      return new UsageException(
          "-R "
              + typed
              + ": a port alone asks for a SOCKS proxy, which porthole does not offer."
              + " Name the service to share: -R "
              + typed
              + ":localhost:8000");
    }
    if (last.matches("[0-9]+") && fields.size() == 2) {
      return new UsageException(
          option
              + " "
              + typed
              + ": the host or the port of the service is missing. Expected [bind:]port:host:hostport,"
              + " for example "
              + option
              + " "
              + fields.get(0)
              + ":localhost:"
              + last);
    }
    return wrong("expected [bind:]port:host:hostport");
  }

  private Forward.Kind kind(String bind) {
    int slashes = bind.indexOf("//");
    if (slashes < 0) {
      return Forward.Kind.ANY;
    }
    String type = bind.substring(0, slashes).toLowerCase(Locale.ROOT);
    return switch (type) {
      case "http" -> Forward.Kind.HTTP;
      case "tcp" -> Forward.Kind.TCP;
      case "tls" -> Forward.Kind.TLS;
      case "tlstcp" -> Forward.Kind.TLSTCP;
      case "udp" -> throw wrong("UDP does not go through SSH forwards");
      default -> throw wrong("the type \"" + type + "\" is none of http, tcp, tls, tlstcp");
    };
  }

  private HostPort hostPort(String whose, String host, String port) {
    if (host.isEmpty()) {
      throw wrong("the " + whose + " host is empty");
    }
    return new HostPort(host, port(whose + " port", port, 1));
  }

  private int port(String what, String text, int least) {
    return Ports.parse(text, least)
        .orElseThrow(
            () ->
                wrong(
                    "the "
                        + what
                        + " \""
                        + text
                        + "\" is not a number from "
                        + least
                        + " to 65535"));
  }

  private UsageException wrong(String what) {
    return new UsageException(option + " " + typed + ": " + what + ". Example: " + example);
  }
}
