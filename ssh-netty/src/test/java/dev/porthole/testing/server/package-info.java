/** SSH servers that are not ours. */
@NullMarked
package dev.porthole.testing.server;

import org.jspecify.annotations.NullMarked;
