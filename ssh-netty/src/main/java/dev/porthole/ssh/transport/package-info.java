/**
 * MINA's I/O service on Netty event loops.
 *
 * <p>Inbound: socket, {@link dev.porthole.ssh.transport.TransportHandler}, {@link
 * dev.porthole.ssh.transport.SshTransport}, MINA's decoder. Outbound: MINA's encoder, {@link
 * dev.porthole.ssh.transport.SshTransport#writeBuffer}, socket; one flush per turn of the loop.
 */
@NullMarked
package dev.porthole.ssh.transport;

import org.jspecify.annotations.NullMarked;
