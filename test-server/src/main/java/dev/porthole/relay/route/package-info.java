/** Which public name or port leads to which client. */
@NullMarked
package dev.porthole.relay.route;

import org.jspecify.annotations.NullMarked;
