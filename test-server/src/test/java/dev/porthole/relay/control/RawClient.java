package dev.porthole.relay.control;

import static org.awaitility.Awaitility.await;

import dev.porthole.relay.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;

/** A client of the relay that sends whatever packet it is told to, allowed or not. */
final class RawClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final CompletableFuture<Integer> disconnected = new CompletableFuture<>();
  private final Semaphore exchanged = new Semaphore(0);
  private final ClientSession session;

  RawClient(Relay relay) throws IOException {
    this(relay, "raw");
  }

  RawClient(Relay relay, String user) throws IOException {
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    // Answers to channels this client never made itself are none of its business.
    client.setUnknownChannelReferenceHandler((service, command, id, packet) -> null);
    CoreModuleProperties.SOCKET_RCVBUF.set(client, 64 * 1024);
    client.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionEvent(Session of, Event event) {
            if (event == Event.KexCompleted) {
              exchanged.release();
            }
          }

          @Override
          public void sessionDisconnect(
              Session gone, int reason, String message, String language, boolean initiator) {
            disconnected.complete(reason);
          }
        });
    client.start();
    session = client.connect(user, "127.0.0.1", relay.sshPort()).verify(LIMIT).getSession();
    session.auth().verify(LIMIT);
  }

  /** Sends a packet; the future is done when the socket took it. */
  IoWriteFuture send(int command, Consumer<Buffer> content) throws IOException {
    Buffer packet = session.createBuffer((byte) command);
    content.accept(packet);
    return session.writePacket(packet);
  }

  /** Opens a session channel; the relay counts its channels from 1. */
  void openSession(long window, long maxPacket) throws IOException {
    send(
        SshConstants.SSH_MSG_CHANNEL_OPEN,
        packet -> {
          packet.putString("session");
          packet.putUInt(700);
          packet.putUInt(window);
          packet.putUInt(maxPacket);
        });
  }

  void data(int channel, int length) throws IOException {
    send(
        SshConstants.SSH_MSG_CHANNEL_DATA,
        packet -> {
          packet.putUInt(channel);
          packet.putBytes(new byte[length]);
        });
  }

  /** Begins a key exchange and waits for its end, or for the end of the connection. */
  void exchangeKeys() throws Exception {
    exchanged.drainPermits();
    session.reExchangeKeys();
    await().until(() -> exchanged.tryAcquire() || session.isClosing());
  }

  void stopReading() {
    session.getIoSession().suspendRead();
  }

  void goOnReading() {
    session.getIoSession().resumeRead();
  }

  ClientSession session() {
    return session;
  }

  /** The reason code of the relay's SSH_MSG_DISCONNECT. */
  int awaitDisconnect() throws Exception {
    return disconnected.get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    session.close(true);
    client.stop();
  }
}
