/**
 * What differs between relays. A relay's dialect is a value, found by host name or by what its
 * server says of itself; the connect path has no {@code if} about relays.
 */
@NullMarked
package dev.porthole.tunnel.relay;

import org.jspecify.annotations.NullMarked;
