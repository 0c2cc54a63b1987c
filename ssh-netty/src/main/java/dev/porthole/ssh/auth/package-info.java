/** What a client proves itself with: key files and ssh-agent. */
@NullMarked
package dev.porthole.ssh.auth;

import org.jspecify.annotations.NullMarked;
