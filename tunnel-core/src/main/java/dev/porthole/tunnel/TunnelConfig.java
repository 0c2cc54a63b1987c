package dev.porthole.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything a tunnel needs to know. Immutable; made by {@link #builder}.
 *
 * @param relay where the SSH server listens
 * @param user the user name as typed, without token; may be empty
 * @param token relay token; sent as part of the user name where the relay wants it so
 * @param forwards at least one, or at least one local forward
 * @param localForwards {@code -L}
 * @param command words after the host: remote options or a command, joined by blanks; empty asks
 *     for a shell
 * @param session false: ask for no session channel at all ({@code -N})
 * @param login who we are
 * @param trust how the host key is judged
 * @param family addresses to use for the relay
 * @param connectLimit for each attempt, from the first packet to authenticated
 * @param keepaliveInterval a probe goes out when nothing came for so long; zero switches it off
 * @param keepaliveMisses unanswered probes after which the connection counts as dead
 * @param requireAllForwards whether one refused forward ends the attempt
 * @param retry when to try again
 * @param compression whether to ask for compression
 * @param ciphers cipher names in order; empty means the built-in list
 */
public record TunnelConfig(
    HostPort relay,
    String user,
    Optional<String> token,
    List<Forward> forwards,
    List<LocalForward> localForwards,
    String command,
    boolean session,
    Login login,
    HostKeyTrust trust,
    Family family,
    Duration connectLimit,
    Duration keepaliveInterval,
    int keepaliveMisses,
    boolean requireAllForwards,
    RetryPolicy retry,
    boolean compression,
    List<String> ciphers) {

  /** Which addresses of the relay to use. */
  public enum Family {
    /** Both, raced (RFC 8305). */
    ANY,
    /** {@code -4}. */
    IPV4,
    /** {@code -6}. */
    IPV6
  }

  /** Copies the lists. */
  public TunnelConfig {
    forwards = List.copyOf(forwards);
    localForwards = List.copyOf(localForwards);
    ciphers = List.copyOf(ciphers);
  }

  /** Starts from the defaults: anyone, accept-new into no file, keepalive 10 s × 3. */
  public static Builder builder(HostPort relay) {
    return new Builder(relay);
  }

  @Override
  public String toString() {
    return "TunnelConfig[relay=" + relay + ", forwards=" + forwards + "]";
  }

  /** Collects a configuration; not thread-safe. */
  public static final class Builder {
    private final HostPort relay;
    private final List<Forward> forwards = new ArrayList<>();
    private final List<LocalForward> localForwards = new ArrayList<>();
    private String user = "";
    private Optional<String> token = Optional.empty();
    private String command = "";
    private boolean session = true;
    private Login login = Login.anonymous();
    private HostKeyTrust trust = new HostKeyTrust(HostKeyTrust.Mode.ACCEPT_NEW, List.of());
    private Family family = Family.ANY;
    private Duration connectLimit = Duration.ofSeconds(30);
    private Duration keepaliveInterval = Duration.ofSeconds(10);
    private int keepaliveMisses = 3;
    private boolean requireAllForwards;
    private RetryPolicy retry = RetryPolicy.standard();
    private boolean compression;
    private List<String> ciphers = List.of();

    private Builder(HostPort relay) {
      this.relay = relay;
    }

    /** See {@link TunnelConfig#forwards}. */
    public Builder forward(Forward forward) {
      forwards.add(forward);
      return this;
    }

    /** See {@link TunnelConfig#localForwards}. */
    public Builder localForward(LocalForward forward) {
      localForwards.add(forward);
      return this;
    }

    /** See {@link TunnelConfig#user}. */
    public Builder user(String name) {
      user = name;
      return this;
    }

    /** See {@link TunnelConfig#token}. */
    public Builder token(String secret) {
      token = Optional.of(secret);
      return this;
    }

    /** See {@link TunnelConfig#command}. */
    public Builder command(String words) {
      command = words;
      return this;
    }

    /** See {@link TunnelConfig#session}. */
    public Builder session(boolean wanted) {
      session = wanted;
      return this;
    }

    /** See {@link TunnelConfig#login}. */
    public Builder login(Login who) {
      login = who;
      return this;
    }

    /** See {@link TunnelConfig#trust}. */
    public Builder trust(HostKeyTrust how) {
      trust = how;
      return this;
    }

    /** See {@link TunnelConfig#family}. */
    public Builder family(Family which) {
      family = which;
      return this;
    }

    /** See {@link TunnelConfig#connectLimit}. */
    public Builder connectLimit(Duration limit) {
      connectLimit = limit;
      return this;
    }

    /** See {@link TunnelConfig#keepaliveInterval} and {@link TunnelConfig#keepaliveMisses}. */
    public Builder keepalive(Duration interval, int misses) {
      keepaliveInterval = interval;
      keepaliveMisses = misses;
      return this;
    }

    /** See {@link TunnelConfig#requireAllForwards}. */
    public Builder requireAllForwards(boolean all) {
      requireAllForwards = all;
      return this;
    }

    /** See {@link TunnelConfig#retry}. */
    public Builder retry(RetryPolicy policy) {
      retry = policy;
      return this;
    }

    /** See {@link TunnelConfig#compression}. */
    public Builder compression(boolean wanted) {
      compression = wanted;
      return this;
    }

    /** See {@link TunnelConfig#ciphers}. */
    public Builder ciphers(List<String> names) {
      ciphers = names;
      return this;
    }

    /** The configuration. */
    public TunnelConfig build() {
      return new TunnelConfig(
          relay,
          user,
          token,
          forwards,
          localForwards,
          command,
          session,
          login,
          trust,
          family,
          connectLimit,
          keepaliveInterval,
          keepaliveMisses,
          requireAllForwards,
          retry,
          compression,
          ciphers);
    }
  }
}
