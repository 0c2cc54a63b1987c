/**
 * ssh's grammar: the order of words, {@code -R}, {@code -L}, {@code -o}, destinations, and what is
 * refused. Pure: nothing here touches a file or a socket. Start with {@link
 * dev.porthole.client.grammar.WordOrder}.
 */
@NullMarked
package dev.porthole.client.grammar;

import org.jspecify.annotations.NullMarked;
