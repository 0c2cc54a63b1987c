/** The server end of an SSH connection. Start at {@code SshServer}. */
@NullMarked
package dev.porthole.ssh.server;

import org.jspecify.annotations.NullMarked;
