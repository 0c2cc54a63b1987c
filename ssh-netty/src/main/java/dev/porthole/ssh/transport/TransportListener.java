package dev.porthole.ssh.transport;

/**
 * What the channels of a connection need to know about the stream under them. Called on the loop.
 */
public interface TransportListener {

  /** All packets of one read from the socket were handled; now is the time to flush. */
  void onReadBatchEnd();

  /** The socket's buffer has room again. */
  void onWritable();
}
