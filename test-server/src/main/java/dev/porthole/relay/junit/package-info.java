/** A relay for a JUnit test. */
@NullMarked
package dev.porthole.relay.junit;

import org.jspecify.annotations.NullMarked;
