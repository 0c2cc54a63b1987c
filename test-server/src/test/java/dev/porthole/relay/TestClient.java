package dev.porthole.relay;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.OpenFailure;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.client.Credentials;
import dev.porthole.ssh.client.SessionOutput;
import dev.porthole.ssh.client.SessionRequest;
import dev.porthole.ssh.client.SshClientOptions;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.client.SshConnector;
import dev.porthole.ssh.splice.Splice;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.testing.LoopbackDialer;
import dev.porthole.testing.TrustAll;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A client of the relay, made of the SSH layer alone: it leads visitors to a local port. */
public final class TestClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final EventLoops loops = EventLoops.start(1);
  private final SshConnector connector = new SshConnector(loops, SshClientOptions.defaults());
  private final StringBuffer text = new StringBuffer();
  private final SshConnection connection;

  private TestClient(Relay relay, String user) throws Exception {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.sshPort());
    connection =
        connector
            .connect(new LoopbackDialer(loops, address), TrustAll.keys(), LIMIT)
            .get(10, TimeUnit.SECONDS);
    try {
      connection.authenticate(user, Credentials.none(), LIMIT).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      close();
      throw e;
    }
  }

  /** Logs in without proof. */
  public static TestClient connect(Relay relay, String user) throws Exception {
    return new TestClient(relay, user);
  }

  /** Asks for a forward to a local port. */
  public BindAddress forward(String host, int port, int localPort) throws Exception {
    return connection
        .requestForward(new BindAddress(host, port), open -> lead(open, localPort))
        .get(10, TimeUnit.SECONDS);
  }

  /** Starts the session with an exec string; empty asks for a shell. */
  public void session(String command) throws Exception {
    Optional<String> exec = command.isEmpty() ? Optional.empty() : Optional.of(command);
    connection.openSession(new SessionRequest(exec, false), new Text()).get(10, TimeUnit.SECONDS);
  }

  /** What the session said so far. */
  public String text() {
    return text.toString();
  }

  /** The connection itself. */
  public SshConnection connection() {
    return connection;
  }

  private void lead(TcpipOpen open, int localPort) {
    new Bootstrap()
        .group(open.isPending() ? connection.loop() : loops.next())
        .channel(loops.socketChannel())
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .handler(new ChannelInboundHandlerAdapter())
        .connect("127.0.0.1", localPort)
        .addListener(
            (ChannelFuture done) -> {
              if (done.isSuccess()) {
                Splice.join(
                    open.accept(new ChannelInboundHandlerAdapter()),
                    (DuplexChannel) done.channel());
              } else {
                open.refuse(OpenFailure.CONNECT_FAILED, "nobody there");
              }
            });
  }

  @Override
  public void close() {
    connection.close();
    connector.close();
    loops.close();
  }

  private final class Text implements SessionOutput {
    @Override
    public void onOutput(ByteBuf bytes, boolean standardError) {
      text.append(bytes.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void onClosed() {
      text.append("<closed>");
    }
  }
}
