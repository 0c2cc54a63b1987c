/** The public edge for everything else: TCP ports, and TLS by server name. */
@NullMarked
package dev.porthole.relay.tcp;

import org.jspecify.annotations.NullMarked;
