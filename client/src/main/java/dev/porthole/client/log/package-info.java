/** Where log lines go: standard error or a file, never standard output. */
@NullMarked
package dev.porthole.client.log;

import org.jspecify.annotations.NullMarked;
