/** Measurements of the hot pieces, and side by side with peers. Built by a later step. */
@NullMarked
package dev.porthole.bench;

import org.jspecify.annotations.NullMarked;
