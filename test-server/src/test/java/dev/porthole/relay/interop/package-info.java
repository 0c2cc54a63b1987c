/** The relay and clients that are not ours. */
package dev.porthole.relay.interop;
