/**
 * The test kit: strangers' SSH programs, local services, and what is needed to run and watch them.
 * Everything listens on loopback and ends with its own {@code close()}.
 */
@NullMarked
package dev.porthole.testing;

import org.jspecify.annotations.NullMarked;
