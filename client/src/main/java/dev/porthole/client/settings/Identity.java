package dev.porthole.client.settings;

import dev.porthole.client.console.Surroundings;
import dev.porthole.client.grammar.SshOptions;
import dev.porthole.tunnel.HostKeyTrust;
import dev.porthole.tunnel.Login;
import dev.porthole.tunnel.Login.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who we are, and whom we trust: keys, agent, prompts, known_hosts. */
final class Identity {
  private static final List<String> DEFAULT_KEYS =
      List.of("~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa");
  private static final String NONE = "none";

  private final Typed typed;
  private final SshOptions options;
  private final Surroundings surroundings;
  private final List<String> configured;

  Identity(Typed typed, SshOptions options, Surroundings surroundings, List<String> configured) {
    this.typed = typed;
    this.options = options;
    this.surroundings = surroundings;
    this.configured = configured;
  }

  Login login() {
    return new Login(keys(), agent(), this::ask);
  }

  HostKeyTrust trust() {
    HostKeyTrust.Mode mode =
        options
            .first("StrictHostKeyChecking")
            .map(Identity::mode)
            .orElse(HostKeyTrust.Mode.ACCEPT_NEW);
    String files = options.first("UserKnownHostsFile").orElse("~/.ssh/known_hosts");
    List<Path> paths = new ArrayList<>();
    for (String file : files.strip().split("\\s+", -1)) {
      if (!file.equalsIgnoreCase(NONE)) {
        paths.add(path(file));
      }
    }
    return new HostKeyTrust(mode, paths);
  }

  private static HostKeyTrust.Mode mode(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes" -> HostKeyTrust.Mode.STRICT;
      case "accept-new", "ask" -> HostKeyTrust.Mode.ACCEPT_NEW;
      case "no", "off" -> HostKeyTrust.Mode.OFF;
      default ->
          throw SshOptions.wrong("StrictHostKeyChecking", value, "yes, accept-new, ask or no");
    };
  }

  /** Keys that were named are used even if absent, so that a wrong name is heard of. */
  private List<Path> keys() {
    if (!takes("PubkeyAuthentication", "publickey")) {
      return List.of();
    }
    List<String> named = new ArrayList<>(typed.identities());
    named.addAll(options.all("IdentityFile"));
    if (named.isEmpty()) {
      named.addAll(configured);
    }
    if (!named.isEmpty()) {
      return named.stream()
          .filter(file -> !file.equalsIgnoreCase(NONE))
          .map(this::path)
          .distinct()
          .toList();
    }
    return DEFAULT_KEYS.stream().map(this::path).filter(Files::exists).toList();
  }

  private Optional<Path> agent() {
    boolean unused =
        options.flag("IdentitiesOnly").orElse(false) || !takes("PubkeyAuthentication", "publickey");
    if (unused) {
      return Optional.empty();
    }
    String said = options.first("IdentityAgent").orElse("SSH_AUTH_SOCK");
    if (said.equalsIgnoreCase(NONE)) {
      return Optional.empty();
    }
    if (said.equals("SSH_AUTH_SOCK") || said.startsWith("$")) {
      return surroundings.variable(said.replace("$", "")).map(Path::of);
    }
    return Optional.of(path(said));
  }

  private Optional<String> ask(Question question) {
    if (options.flag("BatchMode").orElse(false)) {
      return Optional.empty();
    }
    if (question instanceof Question.Passphrase passphrase) {
      return surroundings.prompt().secret("Passphrase of " + passphrase.file() + ":");
    }
    boolean never =
        options.number("NumberOfPasswordPrompts").filter(tries -> tries == 0).isPresent()
            || !takes("PasswordAuthentication", "password");
    if (never || !(question instanceof Question.Password password)) {
      return Optional.empty();
    }
    return surroundings.prompt().secret("Password for " + password.relay() + ":");
  }

  /** Whether a method is switched on, by its own key and by the list of all. */
  private boolean takes(String key, String method) {
    return options.flag(key).orElse(true)
        && options
            .first("PreferredAuthentications")
            .map(list -> List.of(list.split("[,\\s]+", -1)).contains(method))
            .orElse(true);
  }

  /** {@code ~} and {@code %d} are the home folder, as in ssh_config. */
  private Path path(String typedPath) {
    String home = surroundings.home().toString();
    String expanded = typedPath.replace("%d", home);
    if (expanded.equals("~") || expanded.startsWith("~/")) {
      expanded = home + expanded.substring(1);
    }
    return Path.of(expanded);
  }
}
