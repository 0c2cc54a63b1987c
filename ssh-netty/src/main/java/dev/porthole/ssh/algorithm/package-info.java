/**
 * What cryptography is offered, by both ends, strongest of the fast first. Start at {@link
 * dev.porthole.ssh.algorithm.Algorithms}.
 */
@NullMarked
package dev.porthole.ssh.algorithm;

import org.jspecify.annotations.NullMarked;
