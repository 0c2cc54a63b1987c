/** Making TCP connections: names to addresses, and the race between them. */
@NullMarked
package dev.porthole.tunnel.dial;

import org.jspecify.annotations.NullMarked;
