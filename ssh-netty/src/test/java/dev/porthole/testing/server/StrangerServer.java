package dev.porthole.testing.server;

import dev.porthole.testing.RunningProgram;
import java.util.List;

/** An SSH server on 127.0.0.1 that is not ours and grants remote forwards. */
public interface StrangerServer extends AutoCloseable {

  /** The account that can log in. */
  String user();

  /** Where it listens. */
  int port();

  /** The lines a known_hosts file needs for it. */
  List<String> knownHosts();

  /** The listening process. */
  RunningProgram program();

  /** Ends it and its connections. */
  @Override
  void close();
}
