/** {@code porthole demo}: relay, site and tunnel in one process. */
@NullMarked
package dev.porthole.client.demo;

import org.jspecify.annotations.NullMarked;
