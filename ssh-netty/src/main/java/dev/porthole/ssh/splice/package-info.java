/** Two channels joined byte for byte; both ends of a tunnel use it. */
@NullMarked
package dev.porthole.ssh.splice;

import org.jspecify.annotations.NullMarked;
