package dev.porthole.tunnel;

/**
 * A port on this machine that leads through the relay ({@code -L}), such as Pinggy's debugger.
 *
 * @param bindHost address to listen on; loopback unless the user said otherwise
 * @param bindPort 0 to 65535
 * @param destination as the relay understands it
 */
public record LocalForward(String bindHost, int bindPort, HostPort destination) {}
