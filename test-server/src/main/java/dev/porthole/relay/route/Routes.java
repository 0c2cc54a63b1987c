package dev.porthole.relay.route;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which host name leads to which client. Confined to the loop. */
public final class Routes {
  private final Map<String, Route> byHost = new HashMap<>();

  /** The route of a host name in lower case. */
  public Optional<Route> of(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  /** Whether a name is free. */
  public boolean isFree(String host) {
    return !byHost.containsKey(host);
  }

  /** Leads a name to a client; the name must be free. */
  public void add(Route route) {
    if (byHost.putIfAbsent(route.host(), route) != null) {
      throw new IllegalStateException("the name is taken: " + route.host());
    }
  }

  /** Frees the name of a route. */
  public void remove(Route route) {
    byHost.remove(route.host(), route);
  }
}
