/** The client end of an SSH connection. Start at {@code SshConnector}. */
@NullMarked
package dev.porthole.ssh.client;

import org.jspecify.annotations.NullMarked;
