/** What a relay is told before it starts. */
@NullMarked
package dev.porthole.relay.config;

import org.jspecify.annotations.NullMarked;
