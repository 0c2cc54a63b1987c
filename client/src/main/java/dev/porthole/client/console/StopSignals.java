package dev.porthole.client.console;

/** Somebody wants the program to stop. */
@FunctionalInterface
public interface StopSignals {

  /** Calls the handler for each Ctrl-C (or SIGTERM) from now on, on any thread. */
  void onStop(Runnable handler);
}
