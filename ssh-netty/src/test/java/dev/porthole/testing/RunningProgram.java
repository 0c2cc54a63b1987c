package dev.porthole.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program of somebody else, running. Two threads of its own collect what it prints; {@link
 * #close} asks it to end, and kills it, by its own pid, when it does not.
 */
public final class RunningProgram implements AutoCloseable {
  /** How many lines of each stream are kept; older ones are forgotten. */
  public static final int LINES = 4_000;

  private static final int LINE_LENGTH = 8_192;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Process process;
  private final List<String> words;
  private final Deque<String> out = new ArrayDeque<>();
  private final Deque<String> err = new ArrayDeque<>();
  private final List<Thread> readers = new ArrayList<>();

  private RunningProgram(Process process, List<String> words) {
    this.process = process;
    this.words = words;
    readers.add(collect(process.getInputStream(), out, "out"));
    readers.add(collect(process.getErrorStream(), err, "err"));
  }

  /** A command to be started. */
  public static Command command(List<String> words) {
    return new Command(words);
  }

  /** Starts a command as it is. */
  public static RunningProgram start(String... words) {
    return command(List.of(words)).start();
  }

  /** What to start and with which surroundings; not thread-safe. */
  public static final class Command {
    private final List<String> words;
    private final Map<String, String> environment = new HashMap<>();
    private Path folder = Path.of("").toAbsolutePath();

    private Command(List<String> words) {
      this.words = List.copyOf(words);
    }

    /** Adds an environment variable. */
    public Command environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Sets the working folder. */
    public Command folder(Path where) {
      folder = where;
      return this;
    }

    /** Starts it. */
    public RunningProgram start() {
      ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
      builder.environment().putAll(environment);
      try {
        return new RunningProgram(builder.start(), words);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its standard input. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** Writes a line to its standard input. */
  public void writeLine(String line) {
    try {
      input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + this, e);
    }
  }

  /** Tells it that no more input comes. */
  public void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It ended before us: nobody is left to read.
      record(err, "[input already closed: " + e.getMessage() + "]");
    }
  }

  /** Standard output so far. */
  public String out() {
    return text(out);
  }

  /** Standard error so far. */
  public String err() {
    return text(err);
  }

  /**
   * Waits until a line of either stream contains the pattern.
   *
   * @return the first match, also if the line came before the call
   */
  public synchronized MatchResult awaitLine(String regex, Duration limit) {
    Pattern pattern = Pattern.compile(regex);
    long end = System.nanoTime() + limit.toNanos();
    Optional<MatchResult> found = find(pattern);
    try {
      while (found.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || readers.stream().noneMatch(Thread::isAlive)) {
          throw new AssertionError("no line with /" + regex + "/ from " + this);
        }
        wait(Math.min(left, 200));
        found = find(pattern);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + this, e);
    }
    return found.orElseThrow();
  }

  /** Waits until it ends by itself and all it printed was read. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ": " + this);
      }
      for (Thread reader : readers) {
        reader.join(GRACE.toMillis());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + this, e);
    }
  }

  /** Sends a signal such as {@code INT}, {@code STOP} or {@code HUP}. */
  public void signal(String name) {
    Programs.mustRun(Duration.ofSeconds(5), "kill", "-" + name, Long.toString(pid()));
  }

  @Override
  public void close() {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    family.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public String toString() {
    return words + " (pid " + pid() + ")\nstdout:\n" + out() + "\nstderr:\n" + err();
  }

  private Thread collect(InputStream stream, Deque<String> lines, String name) {
    Thread thread = new Thread(() -> read(stream, lines), "peer-" + pid() + "-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void read(InputStream stream, Deque<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        record(lines, line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      record(lines, "[stream ended: " + e.getMessage() + "]");
    }
  }

  private synchronized void record(Deque<String> lines, String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) : line);
    notifyAll();
  }

  private synchronized String text(Deque<String> lines) {
    return String.join("\n", lines);
  }

  private Optional<MatchResult> find(Pattern pattern) {
    return Stream.of(out, err)
        .flatMap(Deque::stream)
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(Matcher::toMatchResult)
        .findFirst();
  }
}
