package dev.porthole.tunnel.interop;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.RunningProgram;
import java.nio.file.Path;
import java.util.List;

/** Programs that serve pages on a developer's machine, as they are started by hand. */
enum HttpProgram {
  PYTHON("hello from a file") {
    @Override
    List<String> command(Path site, Where where, int port) {
      return List.of(
          Peers.program("python3").toString(),
          "-m",
          "http.server",
          "--bind",
          where.host,
          "--directory",
          site.toString(),
          Integer.toString(port));
    }
  },
  FLASK("hello from flask") {
    @Override
    List<String> command(Path site, Where where, int port) {
      return List.of(
          Peers.pythonWith("flask").toString(),
          "-m",
          "flask",
          "--app",
          Peers.pythonFolder().resolve("flask_site.py").toString(),
          "run",
          "--host",
          where.host,
          "--port",
          Integer.toString(port));
    }
  },
  DJANGO("hello from django") {
    @Override
    List<String> command(Path site, Where where, int port) {
      return List.of(
          Peers.pythonWith("django").toString(),
          Peers.pythonFolder().resolve("django_site.py").toString(),
          "runserver",
          "--noreload",
          where.authority(port));
    }
  },
  NODE("hello from node") {
    @Override
    List<String> command(Path site, Where where, int port) {
      return List.of(
          Peers.program("node").toString(),
          Peers.nodeFolder().resolve("http-service.mjs").toString(),
          where.host,
          Integer.toString(port));
    }
  },
  VITE("/@vite/client") {
    @Override
    List<String> command(Path site, Where where, int port) {
      return List.of(
          Peers.nodeWith("vite").toString(),
          Peers.nodeFolder().resolve("vite-server.mjs").toString(),
          site.toString(),
          where.host,
          Integer.toString(port));
    }
  };

  /** What its page contains. */
  final String text;

  HttpProgram(String text) {
    this.text = text;
  }

  abstract List<String> command(Path site, Where where, int port);

  /** A program that listens. */
  record Running(RunningProgram program, int port) implements AutoCloseable {
    @Override
    public void close() {
      program.close();
    }
  }

  /** Starts it with a folder to serve, and waits until it listens. */
  Running start(Path site, Where where) {
    int port = FreePort.next();
    Running running =
        new Running(
            RunningProgram.command(command(site, where, port))
                .environment("PYTHONDONTWRITEBYTECODE", "1")
                .start(),
            port);
    try {
      where.awaitListening(port);
      return running;
    } catch (RuntimeException e) {
      running.close();
      throw new AssertionError("does not listen: " + running, e);
    }
  }
}
