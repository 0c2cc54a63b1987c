package dev.porthole.ssh.channel;

import io.netty.channel.ChannelHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A SSH_MSG_CHANNEL_OPEN of ours that waits for its answer.
 *
 * @param handler goes into the pipeline of the channel
 * @param opened told of the answer, on the loop
 */
record OwnOpen(String type, ChannelHandler handler, CompletableFuture<SshChannel> opened) {}
