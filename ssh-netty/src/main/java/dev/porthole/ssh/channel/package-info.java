/**
 * SSH channels as Netty channels: {@link dev.porthole.ssh.channel.SshChannel} and the table that
 * finds them.
 */
@NullMarked
package dev.porthole.ssh.channel;

import org.jspecify.annotations.NullMarked;
