/** Text from the network, made safe before anybody sees it. */
@NullMarked
package dev.porthole.tunnel.text;

import org.jspecify.annotations.NullMarked;
