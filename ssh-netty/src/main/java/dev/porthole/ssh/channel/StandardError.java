package dev.porthole.ssh.channel;

import io.netty.buffer.ByteBuf;

/**
 * SSH_MSG_CHANNEL_EXTENDED_DATA of type stderr (RFC 4254 section 5.2), fired as a user event.
 *
 * @param bytes valid during the event only
 */
public record StandardError(ByteBuf bytes) {}
