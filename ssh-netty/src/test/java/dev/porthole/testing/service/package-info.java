/**
 * Local services to be shared, and the visitors who come to see them. Plain blocking threads: what
 * is tested is on the other side of the socket.
 */
@NullMarked
package dev.porthole.testing.service;

import org.jspecify.annotations.NullMarked;
