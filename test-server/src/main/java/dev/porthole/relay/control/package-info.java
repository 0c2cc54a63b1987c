/** The SSH side: who may in, which forwards stand, what the session says. */
@NullMarked
package dev.porthole.relay.control;

import org.jspecify.annotations.NullMarked;
