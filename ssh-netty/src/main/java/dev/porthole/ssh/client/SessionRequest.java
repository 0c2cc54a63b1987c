package dev.porthole.ssh.client;

import java.util.Optional;

/**
 * What a session channel (RFC 4254 section 6) is asked to run.
 *
 * @param command the exec string, or empty for a shell
 * @param pty whether to ask for a pseudo-terminal first
 */
public record SessionRequest(Optional<String> command, boolean pty) {}
