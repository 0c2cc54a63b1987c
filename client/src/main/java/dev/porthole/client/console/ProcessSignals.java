package dev.porthole.client.console;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * SIGINT and SIGTERM. A shutdown hook would not do: once hooks run, the JVM takes no second Ctrl-C.
 * {@code sun.misc.Signal} is called by reflection, since the compiler warns of it and has no switch
 * to be told that we know. Where the caller ignores a signal, as shells do with SIGINT for
 * background jobs, the JVM leaves it ignored.
 */
final class ProcessSignals implements StopSignals {

  @Override
  public void onStop(Runnable handler) {
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        handle(name, handler);
      } catch (ReflectiveOperationException e) {
        // Another JVM, or one started with -Xrs: its own way of ending has to do.
        LoggerFactory.getLogger(ProcessSignals.class).atDebug().setCause(e).log("no signals");
      }
    }
  }

  private static void handle(String name, Runnable handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> listener = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            ProcessSignals.class.getClassLoader(),
            new Class<?>[] {listener},
            (self, method, args) -> {
              handler.run();
              return null;
            });
    signal
        .getMethod("handle", signal, listener)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }
}
