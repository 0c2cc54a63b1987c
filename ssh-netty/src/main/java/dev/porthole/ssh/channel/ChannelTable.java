package dev.porthole.ssh.channel;

import dev.porthole.ssh.transport.SshTransport;
import dev.porthole.ssh.transport.TransportListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * All channels of one connection (RFC 4254 section 5): finds them by number, opens and accepts
 * them, and lets those that wait for the socket go on in turn. MINA's own channels are not used.
 * Confined to the loop of the connection.
 */
public final class ChannelTable implements TransportListener {
  /** As many as OpenSSH allows; more would be an attack. */
  private static final int MAX_CHANNELS = 16 * 1024;

  private final EventLoop loop;
  private final SshTransport transport;
  private final PacketWriter packets;
  private final WindowBudget budget;
  private final Map<String, PeerOpenParser> acceptors = new HashMap<>();
  private final IntObjectMap<SshChannel> channels = new IntObjectHashMap<>();
  private final IntObjectMap<OwnOpen> opening = new IntObjectHashMap<>();
  private final Queue<SshChannel> waitingForSocket = new ArrayDeque<>();
  private final List<SshChannel> readInBatch = new ArrayList<>();
  private int nextId;
  private int fromPeer;
  private int maxFromPeer = MAX_CHANNELS;
  private boolean lost;

  /**
   * The channels of one session over one transport.
   *
   * @param budget windows are lent from it
   */
  public ChannelTable(Session session, SshTransport transport, WindowBudget budget) {
    this.transport = transport;
    this.budget = budget;
    this.loop = transport.channel().eventLoop();
    this.packets = new PacketWriter(session, loop, this::resumeAll);
    transport.listener(this);
  }

  /** The loop all channels live on. */
  public EventLoop loop() {
    return loop;
  }

  /** Who answers when the peer opens a {@code forwarded-tcpip} or {@code direct-tcpip} channel. */
  public void acceptTcpip(String type, Consumer<TcpipOpen> acceptor) {
    acceptors.put(type, (open, rest) -> acceptor.accept(tcpip(open, rest)));
  }

  /** Who answers when the peer opens a {@code session} channel. */
  public void acceptSession(Consumer<ChannelOpen> acceptor) {
    acceptors.put("session", (open, rest) -> acceptor.accept(open));
  }

  /** How many channels that the peer opened may be there at once; the next is refused. */
  public void maxFromPeer(int channels) {
    maxFromPeer = channels;
  }

  /**
   * Opens a channel. The future completes on the loop, or fails with {@link
   * ChannelRefusedException}. A future that was completed by its owner meanwhile (a time-out)
   * closes the channel when it comes.
   *
   * @param rest writes the type-specific part of the packet
   */
  public CompletableFuture<SshChannel> open(
      String type, Consumer<Buffer> rest, ChannelHandler handler) {
    CompletableFuture<SshChannel> opened = new CompletableFuture<>();
    if (lost || isFull()) {
      String why = lost ? "the connection is gone" : "too many channels on one connection";
      opened.completeExceptionally(new ChannelRefusedException(why, null));
    } else {
      int id = freeId();
      int window = Inbound.initialWindow(budget);
      opening.put(id, new OwnOpen(type, window, handler, opened));
      packets.open(type, id, window, rest);
    }
    return opened;
  }

  /** Channels that are open now. */
  public int size() {
    return channels.size();
  }

  /** Handles a packet of the connection protocol; false if it is none about channels. */
  public boolean process(int command, Buffer packet) throws ProtocolErrorException {
    return ChannelPackets.dispatch(this, command, packet);
  }

  /** The connection is gone: every channel ends now, as a reset. */
  public void connectionLost() {
    lost = true;
    List.copyOf(channels.values()).forEach(SshChannel::onConnectionLost);
    channels.clear();
    waitingForSocket.clear();
    List<OwnOpen> unanswered = List.copyOf(opening.values());
    opening.clear();
    ChannelRefusedException gone = new ChannelRefusedException("the connection was lost", null);
    unanswered.forEach(open -> open.refused(budget, gone));
  }

  @Override
  public void onReadBatchEnd() {
    for (int i = 0; i < readInBatch.size(); i++) {
      readInBatch.get(i).inbound().batchEnd();
    }
    readInBatch.clear();
  }

  @Override
  public void onWritable() {
    resumeAll();
  }

  // For the packets.

  @Nullable SshChannel find(int id) {
    return channels.get(id);
  }

  @Nullable OwnOpen answered(int id) {
    return opening.remove(id);
  }

  WindowBudget budget() {
    return budget;
  }

  void peerOpens(String type, PeerOpen open, Buffer rest) {
    PeerOpenParser acceptor = acceptors.get(type);
    if (acceptor == null) {
      open.refuse(OpenFailure.UNKNOWN_CHANNEL_TYPE, "channel type not offered");
    } else if (isFull() || fromPeer >= maxFromPeer) {
      open.refuse(OpenFailure.RESOURCE_SHORTAGE, "too many channels on one connection");
    } else {
      acceptor.accept(open, rest);
    }
  }

  void opened(int id, OwnOpen own, Outbound outbound) {
    SshChannel channel = add(own.type(), id, own.window(), outbound, own.handler());
    if (!own.opened().complete(channel)) {
      channel.close();
    }
  }

  PacketWriter packets() {
    return packets;
  }

  void readInThisBatch(SshChannel channel) {
    readInBatch.add(channel);
  }

  // For channels and open requests.

  Channel transportChannel() {
    return transport.channel();
  }

  boolean isLost() {
    return lost;
  }

  SshChannel confirm(
      String type, int recipient, long window, long maxPacket, ChannelHandler handler) {
    int id = freeId();
    fromPeer++;
    int initial = Inbound.initialWindow(budget);
    packets.openConfirmation(recipient, id, initial);
    return add(type, id, initial, new Outbound(packets, recipient, window, maxPacket), handler);
  }

  void refuse(int recipient, OpenFailure reason, String message) {
    packets.openFailure(recipient, reason, message);
  }

  /** Whether a data packet may go out now; if not, the channel is told to go on later. */
  boolean mayWrite(SshChannel channel) {
    boolean may = transport.isWritable() && !packets.isHeld();
    if (!may && channel.markWaiting()) {
      waitingForSocket.add(channel);
    }
    return may;
  }

  void forget(SshChannel channel) {
    if (channels.remove(channel.number(), channel) && acceptors.containsKey(channel.type())) {
      fromPeer--;
    }
  }

  /** Each channel gets one turn; who cannot finish is waiting again, behind the others. */
  private void resumeAll() {
    int turns = waitingForSocket.size();
    for (int i = 0; i < turns && transport.isWritable() && !packets.isHeld(); i++) {
      SshChannel next = waitingForSocket.remove();
      next.clearWaiting();
      next.resumeWrites();
    }
  }

  private SshChannel add(
      String type, int id, int initialWindow, Outbound outbound, ChannelHandler handler) {
    SshChannel channel = new SshChannel(this, type, id, initialWindow, outbound);
    channels.put(id, channel);
    channel.pipeline().addLast(handler);
    loop.register(channel);
    return channel;
  }

  private boolean isFull() {
    return channels.size() + opening.size() >= MAX_CHANNELS;
  }

  private int freeId() {
    do {
      nextId = (nextId + 1) & Integer.MAX_VALUE;
    } while (channels.containsKey(nextId) || opening.containsKey(nextId));
    return nextId;
  }

  private static TcpipOpen tcpip(ChannelOpen open, Buffer rest) {
    BindAddress address = new BindAddress(rest.getString(), port(rest.getUInt()));
    BindAddress originator = new BindAddress(rest.getString(), port(rest.getUInt()));
    return new TcpipOpen(open, address, originator);
  }

  /** An impossible port becomes 0, which no forward has. */
  private static int port(long number) {
    return number > 65535 ? 0 : (int) number;
  }

  /** Reads the type-specific rest of an open request and hands it on. */
  private interface PeerOpenParser {
    void accept(PeerOpen open, Buffer rest);
  }
}
