/**
 * The words of the API: what a tunnel is configured with, the states it is in, the events it tells.
 * Types only; {@code dev.porthole.tunnel.connect.Porthole} makes them work.
 *
 * <p>Read {@link dev.porthole.tunnel.TunnelConfig} first, then {@link dev.porthole.tunnel.Tunnel}.
 */
@NullMarked
package dev.porthole.tunnel;

import org.jspecify.annotations.NullMarked;
