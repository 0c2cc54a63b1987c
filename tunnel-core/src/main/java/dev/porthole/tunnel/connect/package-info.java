/** Connect, authenticate, ask forwards, stay online. Start at {@code Porthole}. */
@NullMarked
package dev.porthole.tunnel.connect;

import org.jspecify.annotations.NullMarked;
