/** JMH measurements of the hot pieces, and of the floor below them. Run by {@code bench/jmh}. */
@NullMarked
package dev.porthole.bench;

import org.jspecify.annotations.NullMarked;
