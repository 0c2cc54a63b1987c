package dev.porthole.ssh.client;

import io.netty.buffer.ByteBuf;

/** Hears a session channel. All methods run on the event loop and must not block. */
public interface SessionOutput {

  /** Bytes of standard output, or of standard error; valid only during the call. */
  void onOutput(ByteBuf bytes, boolean standardError);

  /** The channel ended, whoever ended it; nothing follows. */
  void onClosed();
}
