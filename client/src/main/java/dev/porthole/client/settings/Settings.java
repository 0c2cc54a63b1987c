package dev.porthole.client.settings;

import dev.porthole.client.console.Surroundings;
import dev.porthole.client.grammar.Destination;
import dev.porthole.client.grammar.ForwardSpec;
import dev.porthole.client.grammar.ShortForm;
import dev.porthole.client.grammar.SshOptions;
import dev.porthole.client.grammar.UsageException;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.relay.RelayDialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tunnel's configuration out of what was typed, the environment and the configuration file, in
 * this order of rank.
 *
 * @param config what to open
 * @param warnings what the user should hear first
 */
public record Settings(TunnelConfig config, List<String> warnings) {
  private static final String ANYONE = "free.pinggy.io";
  private static final String WITH_TOKEN = "pro.pinggy.io";

  /** Understands everything at once; nothing is opened. */
  public static Settings of(Typed typed, Surroundings surroundings) throws ConfigFileException {
    Defaults defaults = ConfigFile.read(ConfigFile.location(surroundings));
    SshOptions options = SshOptions.parse(typed.options());
    List<String> remotes = new ArrayList<>(typed.remotes());
    options.all("RemoteForward").forEach(value -> remotes.add(joined(value)));
    List<String> locals = new ArrayList<>(typed.locals());
    options.all("LocalForward").forEach(value -> locals.add(joined(value)));
    Request request =
        remotes.isEmpty() && locals.isEmpty()
            ? shortForm(typed, surroundings, defaults)
            : sshForm(typed, remotes, locals);
    TunnelConfig.Builder builder = builder(request, typed, options, surroundings, defaults);
    return new Settings(builder.build(), defaults.warning().map(List::of).orElse(List.of()));
  }

  /** Where to, and what to ask for there. */
  private record Request(
      Destination relay, List<Forward> forwards, List<String> locals, String command) {}

  private static Request sshForm(Typed typed, List<String> remotes, List<String> locals) {
    List<Forward> forwards = remotes.stream().map(ForwardSpec::remote).toList();
    if (typed.words().isEmpty() && typed.relay().isEmpty()) {
      throw new UsageException(
          "The relay's name is missing. Example: porthole -R 0:localhost:8000 free.pinggy.io");
    }
    if (typed.relay().isPresent()) {
      if (!typed.words().isEmpty()) {
        throw new UsageException(
            "The relay stands twice: --relay and \"" + typed.words().get(0) + "\". Type one.");
      }
      return new Request(Destination.parseWithPort(typed.relay().get()), forwards, locals, "");
    }
    if (typed.name().isPresent()) {
      throw new UsageException(
          "--name goes with the short form; with -R put the name in front: -R NAME:0:localhost:8000");
    }
    Destination relay = Destination.parse(typed.words().get(0));
    List<String> command = typed.words().subList(1, typed.words().size());
    return new Request(relay, forwards, locals, String.join(" ", command));
  }

  private static Request shortForm(Typed typed, Surroundings surroundings, Defaults defaults) {
    if (typed.words().isEmpty()) {
      throw new UsageException(
          "Nothing says what to share. Example: porthole 8000    More: porthole --help");
    }
    ShortForm form = ShortForm.parse(typed.words());
    Optional<String> token = typed.token().or(() -> surroundings.variable("PORTHOLE_TOKEN"));
    Destination relay =
        Destination.parseWithPort(
            typed
                .relay()
                .or(defaults::relay)
                .orElse(token.or(defaults::token).isPresent() ? WITH_TOKEN : ANYONE));
    String name = typed.name().or(() -> own(defaults.name(), relay, defaults)).orElse("");
    return new Request(relay, List.of(form.forward(name)), List.of(), form.command());
  }

  private static TunnelConfig.Builder builder(
      Request request,
      Typed typed,
      SshOptions options,
      Surroundings surroundings,
      Defaults defaults) {
    Destination relay = request.relay();
    String user =
        typed
            .login()
            .or(relay::user)
            .or(() -> options.first("User"))
            .or(() -> own(defaults.user(), relay, defaults))
            .orElse("");
    Identity identity = new Identity(typed, options, surroundings, defaults.identities());
    TunnelConfig.Builder builder =
        TunnelConfig.builder(new HostPort(relay.host(), port(relay, typed, options)))
            .user(user)
            .command(request.command())
            .session(
                !typed.noSession()
                    && !options.first("SessionType").filter("none"::equals).isPresent())
            .login(identity.login())
            .trust(identity.trust());
    request.forwards().forEach(builder::forward);
    request.locals().stream().map(ForwardSpec::local).forEach(builder::localForward);
    token(typed, surroundings, relay, user, defaults).ifPresent(builder::token);
    Connection.apply(builder, typed, options);
    return builder;
  }

  /** A default of the configuration file counts only at the relay it was written for. */
  private static Optional<String> own(
      Optional<String> value, Destination relay, Defaults defaults) {
    String home =
        defaults.relay().map(r -> Destination.parseWithPort(r).host()).orElse(relay.host());
    return value.filter(v -> home.equalsIgnoreCase(relay.host()));
  }

  /** A token typed as part of the user name leaves no room for a second one. */
  private static Optional<String> token(
      Typed typed, Surroundings surroundings, Destination relay, String user, Defaults defaults) {
    Optional<String> silent =
        surroundings.variable("PORTHOLE_TOKEN").or(() -> own(defaults.token(), relay, defaults));
    return typed.token().or(() -> silent.filter(t -> !UserWords.holdToken(user, relay.host())));
  }

  private static int port(Destination relay, Typed typed, SshOptions options) {
    Optional<String> said = typed.port().or(() -> options.first("Port"));
    if (said.isEmpty()) {
      return relay.port().orElseGet(() -> RelayDialect.defaultPort(relay.host()));
    }
    String text = said.get();
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new UsageException("-p " + text + ": expected a port from 1 to 65535.");
    }
    return port;
  }

  /** ssh_config writes {@code 9000 localhost:8000} where the command line has a colon. */
  private static String joined(String value) {
    return value.strip().replaceFirst("\\s+", ":");
  }

  /** Whole seconds only: what ssh takes. */
  static Duration orDefault(Optional<Duration> said, long seconds) {
    return said.orElse(Duration.ofSeconds(seconds));
  }
}
