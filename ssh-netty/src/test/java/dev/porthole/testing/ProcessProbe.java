package dev.porthole.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads what the kernel knows about a process (Linux only). */
public final class ProcessProbe {
  private final Path folder;

  private ProcessProbe(long pid) {
    folder = Path.of("/proc", Long.toString(pid));
  }

  /** Watches the process with this id. */
  public static ProcessProbe of(long pid) {
    return new ProcessProbe(pid);
  }

  /** Watches the process we are. */
  public static ProcessProbe self() {
    return of(ProcessHandle.current().pid());
  }

  /** Resident memory now, in bytes. */
  public long residentBytes() {
    return status("VmRSS") * 1024;
  }

  /** Largest resident memory so far, in bytes. */
  public long peakResidentBytes() {
    return status("VmHWM") * 1024;
  }

  /** Threads now. */
  public long threads() {
    return status("Threads");
  }

  /** Open file descriptors now. */
  public long openFiles() {
    try (Stream<Path> entries = Files.list(folder.resolve("fd"))) {
      return entries.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long status(String key) {
    try (Stream<String> lines = Files.lines(folder.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(key + ":"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
