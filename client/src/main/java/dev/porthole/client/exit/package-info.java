/** The exit codes, in one place. */
@NullMarked
package dev.porthole.client.exit;

import org.jspecify.annotations.NullMarked;
