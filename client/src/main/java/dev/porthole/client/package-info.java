/**
 * The {@code porthole} command. {@link dev.porthole.client.Main} is the way in; it hands the words
 * to picocli, picocli to {@code grammar}, {@code settings} makes a {@code TunnelConfig} of them,
 * and {@code run} opens the tunnel and waits.
 */
@NullMarked
package dev.porthole.client;

import org.jspecify.annotations.NullMarked;
