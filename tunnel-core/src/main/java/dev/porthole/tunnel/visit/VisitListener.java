package dev.porthole.tunnel.visit;

import dev.porthole.tunnel.Target;

/** Hears of visitors who could not be served. Called on the loop; must not block. */
@FunctionalInterface
public interface VisitListener {

  /** The local service was not there; told at most once a second for each tunnel. */
  void onVisitFailed(Target target, String visitor, String reason);
}
