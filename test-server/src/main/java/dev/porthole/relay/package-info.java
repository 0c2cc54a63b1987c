/**
 * The relay. {@link dev.porthole.relay.Relay} starts it; {@code control} is the SSH side, {@code
 * http} and {@code tcp} the public edge, {@code route} what joins them.
 */
@NullMarked
package dev.porthole.relay;

import org.jspecify.annotations.NullMarked;
