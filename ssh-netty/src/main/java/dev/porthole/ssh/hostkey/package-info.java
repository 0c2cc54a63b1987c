/** What a client knows about host keys: known_hosts, pins, and the decision. */
@NullMarked
package dev.porthole.ssh.hostkey;

import org.jspecify.annotations.NullMarked;
