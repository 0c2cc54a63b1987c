package dev.porthole.ssh.hostkey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Adds lines to a known_hosts file; the file and its folder are made for their owner alone. */
final class KnownHostsFile {
  private KnownHostsFile() {}

  static void append(Path file, String name, HostKey key) throws IOException {
    create(file);
    String line =
        name + " " + key.type() + " " + Base64.getEncoder().encodeToString(key.blob()) + "\n";
    // Somebody's editor may have left the last line open.
    String text = endsInsideLine(file) ? "\n" + line : line;
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
  }

  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createFile(file, ownerOnly(file, "rw-------"));
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; its file is as good.
        return;
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String mode) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean endsInsideLine(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return all.length > 0 && all[all.length - 1] != '\n';
  }
}
