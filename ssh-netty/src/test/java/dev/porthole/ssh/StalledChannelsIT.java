package dev.porthole.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.server.SshServerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does not read costs little, and only himself. */
@Timeout(60)
final class StalledChannelsIT {
  private static final BindAddress FORWARD = new BindAddress("name", 0);
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int CHUNK = 16 * 1024;

  private final List<SshChannel> accepted = Collections.synchronizedList(new ArrayList<>());
  private TestEnds ends;
  private SshConnection client;
  private SshServerConnection server;

  @BeforeEach
  void join() throws Exception {
    ends = new TestEnds();
    client = ends.connect();
    server = ends.accepted();
    client.requestForward(FORWARD, this::accept).get(5, TimeUnit.SECONDS);
  }

  @AfterEach
  void part() throws Exception {
    ends.close();
  }

  private void accept(TcpipOpen open) {
    accepted.add(open.accept(new ChannelInboundHandlerAdapter()));
  }

  @Test
  void manyChannelsNobodyReadsTakeLittleAndTheNextIsServed() throws Exception {
    List<SshChannel> channels = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      channels.add(open(new ChannelInboundHandlerAdapter()));
    }
    channels.forEach(channel -> send(channel, MEBIBYTE));

    await()
        .during(1, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(taken(channels, MEBIBYTE)).isEqualTo(200L * 256 * 1024));

    Reads reads = new Reads();
    open(reads);
    SshChannel last = accepted.get(200);
    last.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000]));
    await().untilAsserted(() -> assertThat(reads.bytes).isEqualTo(1000));
  }

  @Test
  void channelThatIsReadFastGetsALargerWindow() throws Exception {
    SshChannel channel = open(new ChannelInboundHandlerAdapter());
    SshChannel reader = accepted.get(0);
    Reads reads = new Reads();
    reader.pipeline().addLast(reads);
    reader.config().setAutoRead(true);
    send(channel, 8 * MEBIBYTE);
    await().untilAsserted(() -> assertThat(reads.bytes).isEqualTo(8L * MEBIBYTE));

    reader.eventLoop().submit(() -> reader.config().setAutoRead(false)).sync();
    send(channel, 8 * MEBIBYTE);
    await()
        .untilAsserted(
            () ->
                assertThat(taken(List.of(channel), 8 * MEBIBYTE))
                    .isBetween(MEBIBYTE * 3L / 2, 2L * MEBIBYTE));
  }

  @Test
  void manySmallPacketsAreKeptInFewBuffers() throws Exception {
    Reads reads = new Reads();
    SshChannel channel = open(reads);
    channel.config().setAutoRead(false);
    SshChannel peer = accepted.get(0);
    int packets = 100_000;
    peer.eventLoop()
        .submit(
            () -> {
              for (int i = 0; i < packets; i++) {
                peer.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]), peer.voidPromise());
              }
            })
        .sync();
    client.keepalive().get(10, TimeUnit.SECONDS);

    channel.config().setAutoRead(true);
    await().untilAsserted(() -> assertThat(reads.bytes).isEqualTo(packets));
    assertThat(reads.messages).isLessThan(packets / 1000);
  }

  @Test
  void visitorOfAFullConnectionIsRefusedAndTheOthersStay() throws Exception {
    BindAddress bound = new BindAddress("name", 7);
    BindAddress visitor = new BindAddress("192.0.2.1", 4711);
    CompletableFuture.allOf(
            Stream.generate(
                    () ->
                        server.openForwardedTcpip(
                            bound, visitor, new ChannelInboundHandlerAdapter()))
                .limit(16 * 1024)
                .toArray(CompletableFuture[]::new))
        .get(40, TimeUnit.SECONDS);
    assertThatThrownBy(() -> open(new Reads())).hasMessageContaining("too many channels");
    assertThat(accepted).hasSize(16 * 1024).allMatch(SshChannel::isActive);
  }

  private SshChannel open(ChannelInboundHandlerAdapter handler) throws Exception {
    int before = accepted.size();
    CompletableFuture<SshChannel> opened =
        server.openForwardedTcpip(
            new BindAddress("name", 7), new BindAddress("192.0.2.1", 4711), handler);
    SshChannel channel = opened.get(5, TimeUnit.SECONDS);
    if (handler instanceof Reads) {
      channel.config().setAutoRead(true);
    }
    await().until(() -> accepted.size() > before);
    return channel;
  }

  private static void send(SshChannel channel, int bytes) {
    for (int sent = 0; sent < bytes; sent += CHUNK) {
      channel.write(Unpooled.wrappedBuffer(new byte[CHUNK]));
    }
    channel.flush();
  }

  private static long taken(List<SshChannel> channels, long each) throws Exception {
    long taken = 0;
    for (SshChannel channel : channels) {
      taken += each - pending(channel);
    }
    return taken;
  }

  /** Bytes in buffers that wait in front of the window; Netty counts 96 more for each. */
  private static long pending(SshChannel channel) throws Exception {
    return channel
        .eventLoop()
        .submit(
            () -> {
              ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
              return waiting.totalPendingWriteBytes() / (CHUNK + 96) * CHUNK;
            })
        .get();
  }

  /** Counts what is read. */
  private static final class Reads extends ChannelInboundHandlerAdapter {
    volatile long bytes;
    volatile long messages;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      add(((ByteBuf) message).readableBytes());
      ReferenceCountUtil.release(message);
    }

    private synchronized void add(int length) {
      bytes += length;
      messages++;
    }
  }
}
