package dev.porthole.testing.client;

/** A client that runs, with its forwards. */
public interface StrangerClient extends AutoCloseable {

  /**
   * Waits until a forward stands.
   *
   * @param index in the order they were asked for
   * @return the port the server listens on
   */
  int port(int index);

  /** Takes the first forward back and waits until the server said yes. */
  void cancelFirst();

  /** Whether the connection is still there. */
  boolean isAlive();

  /** All it printed, for failure messages and for text the server sent to the session. */
  String transcript();

  @Override
  void close();
}
