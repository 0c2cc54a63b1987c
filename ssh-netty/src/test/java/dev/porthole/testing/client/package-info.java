/** SSH clients that are not ours and ask a server for remote forwards. */
@NullMarked
package dev.porthole.testing.client;

import org.jspecify.annotations.NullMarked;
