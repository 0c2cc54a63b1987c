/** Opens a tunnel, waits for its end or for Ctrl-C, and says how it went as an exit code. */
@NullMarked
package dev.porthole.client.run;

import org.jspecify.annotations.NullMarked;
