/** SSH on Netty. MINA SSHD does the protocol; its types appear in no signature. */
@NullMarked
package dev.porthole.ssh;

import org.jspecify.annotations.NullMarked;
