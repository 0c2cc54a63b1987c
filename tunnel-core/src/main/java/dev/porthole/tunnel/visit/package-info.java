/**
 * One visitor: dial the local service, accept the channel, splice the two.
 *
 * <p>Start at {@link dev.porthole.tunnel.visit.Visitors}. A visitor's pipeline is one {@link
 * dev.porthole.ssh.splice.Splice} on each side.
 */
@NullMarked
package dev.porthole.tunnel.visit;

import org.jspecify.annotations.NullMarked;
