package dev.porthole.tunnel.connect;

import dev.porthole.ssh.auth.KeyFileException;
import dev.porthole.ssh.client.AuthenticationRefusedException;
import dev.porthole.ssh.client.ForwardRefusedException;
import dev.porthole.ssh.client.NotSshException;
import dev.porthole.ssh.client.UnreachableException;
import dev.porthole.ssh.hostkey.HostKeyRejectedException;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.TunnelConfig.Family;
import dev.porthole.tunnel.TunnelException;
import dev.porthole.tunnel.text.Escaped;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where what the SSH layer could not do becomes what the user reads: what was tried,
 * what happened, what to do next.
 */
final class Failures {
  /** Bind hosts that ask for no public name. */
  private static final Set<String> UNNAMED = Set.of("", "*", "localhost");

  private Failures() {}

  static TunnelException nameNotResolved(HostPort relay, UnknownHostException cause) {
    return new TunnelException.NameNotResolved(
        "Could not find "
            + relay.host()
            + ": the name has no address. "
            + "Check its spelling, and that this machine has a network and a name server.",
        cause);
  }

  static TunnelException noAddressOfFamily(HostPort relay, Family family) {
    String wanted = family == Family.IPV4 ? "IPv4" : "IPv6";
    String option = family == Family.IPV4 ? "-4" : "-6";
    return new TunnelException.NameNotResolved(
        relay.host() + " has no " + wanted + " address. Try without " + option + ".", null);
  }

  /** Of a connect attempt, up to and including authentication. */
  static TunnelException connect(HostPort relay, String user, Throwable thrown) {
    Throwable failure = unwrapped(thrown);
    if (failure instanceof UnreachableException) {
      return unreachable(relay, failure);
    }
    if (failure instanceof NotSshException) {
      return new TunnelException.ProtocolViolation(
          "Could not speak SSH with "
              + relay
              + ": "
              + failure.getMessage()
              + ". Check the port; relays often listen on 22, 443 or 2222.",
          failure);
    }
    if (failure instanceof HostKeyRejectedException) {
      return new TunnelException.HostKeyRefused(String.valueOf(failure.getMessage()), failure);
    }
    if (failure instanceof AuthenticationRefusedException refused) {
      return notLetIn(relay, user, refused);
    }
    return lost(relay, String.valueOf(failure.getMessage()), failure);
  }

  private static TunnelException unreachable(HostPort relay, Throwable failure) {
    return new TunnelException.RelayUnreachable(
        "Could not reach "
            + relay
            + ": "
            + why(failure)
            + ". Is the port right, and does a firewall or proxy stand in the way?",
        failure);
  }

  private static TunnelException notLetIn(
      HostPort relay, String user, AuthenticationRefusedException refused) {
    return new TunnelException.AuthenticationRefused(
        relay
            + " did not let "
            + (user.isEmpty() ? "us" : "\"" + user + "\"")
            + " in; it takes "
            + Escaped.line(String.join(", ", refused.methods()))
            + ". Name a key with -i, add it to the agent, or check user name and token.",
        refused);
  }

  static TunnelException lost(HostPort relay, String reason, @Nullable Throwable cause) {
    return new TunnelException.ConnectionLost(
        "The connection to " + relay + " ended: " + Escaped.line(reason) + ".", cause);
  }

  static TunnelException keyUnusable(KeyFileException fault) {
    return new TunnelException.AuthenticationRefused(String.valueOf(fault.getMessage()), fault);
  }

  /** What was asked for is not right, and will not be right the next time. */
  static TunnelException refusedByRelay(String sentence) {
    return new TunnelException.AuthenticationRefused("The relay says: " + sentence, null);
  }

  static TunnelException forwardRefused(Forward forward, Throwable thrown) {
    Throwable failure = unwrapped(thrown);
    String hint =
        forward.bindPort() == 0 && UNNAMED.contains(forward.bindHost())
            ? " Does it allow remote forwards of this kind?"
            : " Is the port or name in use, not allowed to you, or no host name?";
    String why =
        failure instanceof ForwardRefusedException
            ? "the relay refused it."
            : Escaped.line(String.valueOf(failure.getMessage())) + ".";
    return new TunnelException.ForwardRefused(
        "Forward " + forward + " does not stand: " + why + hint, failure);
  }

  /** Futures wrap what failed, once or twice. */
  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof ExecutionException || cause instanceof CompletionException) {
      if (cause.getCause() == null) {
        return cause;
      }
      cause = cause.getCause();
    }
    return cause;
  }

  /** In our own words where we can: texts of sockets differ by platform. */
  private static String why(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof NoRouteToHostException) {
      return "no route to host";
    }
    if (cause instanceof ConnectException && text.contains("refused")) {
      return "connection refused";
    }
    return Escaped.line(text);
  }
}
