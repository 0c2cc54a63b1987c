/** The public edge for HTTP: one visitor, its tunnel, the policies between. */
@NullMarked
package dev.porthole.relay.http;

import org.jspecify.annotations.NullMarked;
