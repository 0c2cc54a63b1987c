/** {@code porthole relay}: the relay of this project, from the command line. */
@NullMarked
package dev.porthole.client.relay;

import org.jspecify.annotations.NullMarked;
