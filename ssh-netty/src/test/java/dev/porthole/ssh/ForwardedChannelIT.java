package dev.porthole.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.ChannelRefusedException;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.client.ForwardRefusedException;
import dev.porthole.ssh.client.SessionOutput;
import dev.porthole.ssh.client.SessionRequest;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.server.SshServerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels between two ends of ours, seen as Netty channels. */
@Timeout(60)
final class ForwardedChannelIT {
  private static final BindAddress FORWARD = new BindAddress("name", 0);
  private static final BindAddress VISITOR = new BindAddress("192.0.2.1", 4711);

  private TestEnds ends;
  private SshConnection client;
  private SshServerConnection server;

  @BeforeEach
  void join() throws Exception {
    ends = new TestEnds();
    client = ends.connect();
    server = ends.accepted();
  }

  @AfterEach
  void part() throws Exception {
    ends.close();
  }

  @Test
  void bytesAndHalfCloseGoBothWays() throws Exception {
    client.requestForward(FORWARD, open -> open.accept(new Echo())).get(5, TimeUnit.SECONDS);
    Collector visitor = new Collector();

    SshChannel channel = open(visitor);
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    channel.config().setAutoRead(true);
    channel.writeAndFlush(Unpooled.wrappedBuffer(sent));
    channel.shutdownOutput();

    assertThat(visitor.ended.get(20, TimeUnit.SECONDS)).isEqualTo(sent);
    assertThat(visitor.closed.get(5, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void resetOnOneSideIsResetOnTheOther() throws Exception {
    CompletableFuture<SshChannel> accepted = new CompletableFuture<>();
    client
        .requestForward(FORWARD, open -> accepted.complete(open.accept(new Echo())))
        .get(5, TimeUnit.SECONDS);
    Collector visitor = new Collector();
    SshChannel channel = open(visitor);
    channel.config().setAutoRead(true);

    accepted.get(5, TimeUnit.SECONDS).reset();

    assertThat(visitor.closed.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void channelRightBehindTheReplyIsServed() throws Exception {
    for (int i = 1; i <= 1000; i++) {
      BindAddress wanted = new BindAddress("name" + i, 80);
      CompletableFuture<SshChannel> early = new CompletableFuture<>();
      ends.handler.grant =
          address -> {
            CompletableFuture<BindAddress> granted = new CompletableFuture<>();
            server
                .loop()
                .execute(
                    () -> {
                      granted.complete(address);
                      server
                          .openForwardedTcpip(address, VISITOR, new Collector())
                          .whenComplete(
                              (channel, refusal) -> {
                                if (refusal == null) {
                                  early.complete(channel);
                                } else {
                                  early.completeExceptionally(refusal);
                                }
                              });
                    });
            return granted;
          };

      client.requestForward(wanted, open -> open.accept(new Echo()));

      assertThat(early.get(5, TimeUnit.SECONDS).isActive()).isTrue();
    }
  }

  @Test
  void channelForAForwardNobodyAskedForIsRefused() {
    CompletableFuture<SshChannel> opened =
        server.openForwardedTcpip(new BindAddress("other", 7), VISITOR, new Collector());

    assertThatThrownBy(() -> opened.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ChannelRefusedException.class);
  }

  @Test
  void refusedForwardLeavesTheOthersAlone() throws Exception {
    client.requestForward(FORWARD, open -> open.accept(new Echo())).get(5, TimeUnit.SECONDS);
    ends.handler.grant = address -> CompletableFuture.failedFuture(new IllegalStateException());

    assertThatThrownBy(
            () ->
                client
                    .requestForward(new BindAddress("second", 7), TcpipOpen::isPending)
                    .get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ForwardRefusedException.class);

    assertThat(open(new Collector()).isActive()).isTrue();
  }

  @Test
  void slowReaderStopsItsSenderAndNobodyElse() throws Exception {
    client.requestForward(FORWARD, open -> open.accept(new Flood())).get(5, TimeUnit.SECONDS);
    Collector slow = new Collector();
    open(slow);
    Collector fast = new Collector();
    SshChannel reading = open(fast);

    reading.config().setAutoRead(true);

    await().until(() -> fast.received() > 20_000_000);
    assertThat(slow.received()).isZero();
  }

  @Test
  void sessionRunsACommandAndEnds() throws Exception {
    StringBuffer text = new StringBuffer();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    SessionOutput output =
        new SessionOutput() {
          @Override
          public void onOutput(ByteBuf bytes, boolean standardError) {
            text.append(bytes.toString(StandardCharsets.UTF_8));
          }

          @Override
          public void onClosed() {
            ended.complete(null);
          }
        };

    client.openSession(new SessionRequest(Optional.of("x:https"), true), output);

    ended.get(5, TimeUnit.SECONDS);
    assertThat(text).hasToString("hello x:httpstrue");
  }

  @Test
  void lostConnectionEndsItsChannelsAsReset() throws Exception {
    client.requestForward(FORWARD, open -> open.accept(new Echo())).get(5, TimeUnit.SECONDS);
    Collector visitor = new Collector();
    open(visitor);

    client.close();

    assertThat(visitor.closed.get(5, TimeUnit.SECONDS)).isTrue();
    assertThat(client.closed().get(5, TimeUnit.SECONDS)).contains("closed by the user");
  }

  private SshChannel open(ChannelHandler handler) throws Exception {
    return server
        .openForwardedTcpip(FORWARD.withPort(7), VISITOR, handler)
        .get(5, TimeUnit.SECONDS);
  }

  /** Sends back what comes, and EOF for EOF. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.writeAndFlush(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        ((SshChannel) ctx.channel()).shutdownOutput();
      }
    }
  }

  /** Writes as long as it may. */
  private static final class Flood extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      write(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      write(ctx);
    }

    private static void write(ChannelHandlerContext ctx) {
      while (ctx.channel().isWritable()) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[32 * 1024]));
      }
    }
  }

  /** Keeps what it gets; {@code closed} tells whether it ended by a reset. */
  private static final class Collector extends ChannelInboundHandlerAdapter {
    final CompletableFuture<byte[]> ended = new CompletableFuture<>();
    final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final ByteBuf bytes = Unpooled.buffer();
    private volatile int received;

    int received() {
      return received;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf more = (ByteBuf) message;
      bytes.writeBytes(more);
      received = bytes.readableBytes();
      more.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        byte[] all = new byte[bytes.readableBytes()];
        bytes.readBytes(all);
        ended.complete(all);
        ctx.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      closed.complete(((SshChannel) ctx.channel()).isReset());
    }
  }
}
