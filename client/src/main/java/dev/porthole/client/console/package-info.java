/**
 * What surrounds the program: environment, standard streams, signals, prompts. The only package
 * that knows {@code System.out}; tests bring surroundings of their own.
 */
@NullMarked
package dev.porthole.client.console;

import org.jspecify.annotations.NullMarked;
