package dev.porthole.client.grammar;

import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.Target;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The short form: {@code porthole [http|tcp|tls] [https://][host:]port [remote options]}.
 *
 * @param kind what visitors speak; HTTP unless said
 * @param target the local service
 * @param command the remote options behind it, joined by blanks
 */
public record ShortForm(Forward.Kind kind, Target target, String command) {
  private static final Pattern TARGET =
      Pattern.compile("(?:(https?)://)?(?:(\\[[^\\]]+]|[^:/\\s@]*):)?([0-9]+)/?");
  private static final Pattern NO_PORT = Pattern.compile("(https?)://(\\[[^\\]]+]|[^:/\\s@]+)/?");

  /** A remote option of Pinggy's starts with one letter and a colon. */
  private static final Pattern REMOTE_OPTION = Pattern.compile("[a-zA-Z]:.+");

  /** Whether a first word can only be meant so. */
  static boolean begins(String word) {
    return kind(word).isPresent()
        || TARGET.matcher(word).matches()
        || NO_PORT.matcher(word).matches();
  }

  /** Reads all words that are no options. */
  public static ShortForm parse(List<String> words) {
    Optional<Forward.Kind> kind = kind(words.get(0));
    int at = kind.isPresent() ? 1 : 0;
    if (words.size() <= at) {
      throw new UsageException(
          words.get(0) + ": the port is missing. Example: porthole " + words.get(0) + " 8000");
    }
    Target target = target(words.get(at));
    if (target.tls() && kind.filter(k -> k != Forward.Kind.HTTP).isPresent()) {
      throw new UsageException(
          words.get(at)
              + ": https:// goes with http only. Example: porthole http "
              + words.get(at));
    }
    List<String> rest = words.subList(at + 1, words.size());
    for (String word : rest) {
      if (!REMOTE_OPTION.matcher(word).matches()) {
        throw new UsageException("\"" + word + "\" is one word too many. See porthole --help");
      }
    }
    return new ShortForm(kind.orElse(Forward.Kind.HTTP), target, String.join(" ", rest));
  }

  /** The forward that asks for it; the name is what the relay shall call it, or empty. */
  public Forward forward(String name) {
    return new Forward(kind, name.isEmpty() ? ForwardSpec.UNSAID : name, 0, target);
  }

  private static Optional<Forward.Kind> kind(String word) {
    return switch (word) {
      case "http" -> Optional.of(Forward.Kind.HTTP);
      case "tcp" -> Optional.of(Forward.Kind.TCP);
      case "tls" -> Optional.of(Forward.Kind.TLS);
      case "tlstcp" -> Optional.of(Forward.Kind.TLSTCP);
      default -> Optional.empty();
    };
  }

  private static Target target(String word) {
    Matcher bare = NO_PORT.matcher(word);
    if (bare.matches()) {
      boolean tls = bare.group(1).equals("https");
      return new Target(new HostPort(unbracketed(bare.group(2)), tls ? 443 : 80), tls);
    }
    Matcher target = TARGET.matcher(word);
    if (!target.matches()) {
      throw nothingToShare(word);
    }
    int port =
        Ports.parse(target.group(3), 1)
            .orElseThrow(
                () ->
                    new UsageException(
                        word + ": the port \"" + target.group(3) + "\" is not from 1 to 65535"));
    String host = target.group(2);
    boolean local = host == null || host.isEmpty();
    return new Target(
        new HostPort(local ? "localhost" : unbracketed(host), port),
        "https".equals(target.group(1)));
  }

  private static UsageException nothingToShare(String word) {
    return new UsageException(
        word
            + ": nothing says what to share. Add -R 0:localhost:8000 to name a service here, or type"
            + " porthole 8000 --relay "
            + word);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
