package dev.porthole.ssh.channel;

import io.netty.channel.ChannelHandler;
import java.util.concurrent.CompletableFuture;

/**
 * A SSH_MSG_CHANNEL_OPEN of ours that waits for its answer.
 *
 * @param window initial window in bytes, as announced
 * @param handler goes into the pipeline of the channel
 * @param opened told of the answer, on the loop
 */
record OwnOpen(
    String type, int window, ChannelHandler handler, CompletableFuture<SshChannel> opened) {

  void refused(WindowBudget budget, ChannelRefusedException why) {
    Inbound.takeBack(budget, window);
    opened.completeExceptionally(why);
  }
}
