/** What one address may take of the relay. */
@NullMarked
package dev.porthole.relay.limit;

import org.jspecify.annotations.NullMarked;
