package dev.porthole.ssh.server;

import dev.porthole.ssh.channel.SshChannel;
import java.util.Optional;

/**
 * A session that begins (RFC 4254 section 6.5).
 *
 * @param channel its bytes: writes are standard output, reads are standard input. {@code autoRead}
 *     is off until a handler turns it on
 * @param command the exec string, or empty for a shell
 * @param pty the terminal, if one was asked for
 */
public record SessionStart(SshChannel channel, Optional<String> command, Optional<Pty> pty) {

  /**
   * A pseudo-terminal (RFC 4254 section 6.2).
   *
   * @param columns width in characters, 0 if unknown
   * @param rows height in characters, 0 if unknown
   */
  public record Pty(String term, int columns, int rows) {}

  /**
   * Ends the session the way a program does that exits (RFC 4254 section 6.10); on the loop.
   *
   * @param status 0 to 255
   */
  public void exit(int status) {
    channel.sendRequest("exit-status", false, new byte[] {0, 0, 0, (byte) status});
    channel.close();
  }
}
