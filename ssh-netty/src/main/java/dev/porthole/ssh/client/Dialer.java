package dev.porthole.ssh.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

/**
 * Makes the byte stream that SSH runs over: plain TCP, through a proxy, inside TLS, or through a
 * channel of another SSH connection.
 */
public interface Dialer {

  /**
   * Opens a channel on the loop and adds the SSH transport as the last handler of its pipeline. The
   * future completes on the loop when bytes can be exchanged with the server.
   */
  Future<? extends Channel> dial(EventLoop loop, ChannelHandler transport);

  /** Where this leads, for messages: {@code host:port}. */
  String describe();
}
