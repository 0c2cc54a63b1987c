/** MINA SSHD I/O service on Netty event loops. */
@NullMarked
package dev.porthole.ssh.transport;

import org.jspecify.annotations.NullMarked;
