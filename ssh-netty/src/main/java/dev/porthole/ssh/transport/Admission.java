package dev.porthole.ssh.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Optional;

/** Decides about each connection that comes in, before anything is spent on it. */
public interface Admission {

  /** What to send to a connection that is not let in; empty lets it in. Called on its loop. */
  Optional<ByteBuf> refusal(Channel connection);
}
