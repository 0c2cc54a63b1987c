/**
 * What a client can say: the login name, the remote options, the bind host of a forward. Pure; text
 * may be hostile.
 */
@NullMarked
package dev.porthole.relay.words;

import org.jspecify.annotations.NullMarked;
