package dev.porthole.tunnel.interop;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.porthole.testing.RunningProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Somebody else's server of MongoDB's protocol, in a process of its own. */
final class MongoProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final RunningProgram program;
  private final int port;

  private MongoProcess(RunningProgram program) {
    this.program = program;
    this.port = Integer.parseInt(program.awaitLine("^listening (\\d+)", LIMIT).group(1));
  }

  /** Starts it on a free port. */
  static MongoProcess start(Where where) {
    return new MongoProcess(
        RunningProgram.command(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MongoProcess.class.getName(),
                    where.host))
            .start());
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    program.close();
  }

  /** The process: takes the address to listen on; ends with its standard input. */
  public static void main(String[] words) throws IOException {
    MongoServer server = new MongoServer(new MemoryBackend());
    server.bind(new InetSocketAddress(words[0], 0));
    System.out.println("listening " + server.getLocalAddress().getPort());
    System.in.readAllBytes();
    server.shutdownNow();
  }
}
