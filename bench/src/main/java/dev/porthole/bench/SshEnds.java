package dev.porthole.bench;

import dev.porthole.ssh.channel.BindAddress;
import dev.porthole.ssh.channel.SshChannel;
import dev.porthole.ssh.channel.TcpipOpen;
import dev.porthole.ssh.client.Credentials;
import dev.porthole.ssh.client.SshClientOptions;
import dev.porthole.ssh.client.SshConnection;
import dev.porthole.ssh.client.SshConnector;
import dev.porthole.ssh.server.SshServer;
import dev.porthole.ssh.server.SshServerConnection;
import dev.porthole.ssh.transport.EventLoops;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A server and a client of ours on loopback, both on one event loop: a measured time is then the
 * processor time of both ends together, whatever else the machine does.
 */
final class SshEnds implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final BindAddress VISITOR = new BindAddress("192.0.2.1", 4711);

  private final EventLoops loops = EventLoops.start(1);
  private final OpenHouse house = new OpenHouse();
  private final SshConnector connector;
  private final SshServer server;
  private final BindAddress forward;
  private final SshServerConnection serverEnd;

  /**
   * Connects both ends and asks for one forward.
   *
   * @param acceptor the client's answer to each channel
   */
  SshEnds(Consumer<TcpipOpen> acceptor) throws Exception {
    connector = new SshConnector(loops, SshClientOptions.defaults());
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair hostKey = generator.generateKeyPair();
    server = new SshServer(loops, List.of(hostKey), LIMIT, house);
    InetSocketAddress address =
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    SshConnection client =
        connector
            .connect(new LoopbackDialer(loops, address), new TrustAll(), LIMIT)
            .get(10, TimeUnit.SECONDS);
    client.authenticate("user", Credentials.none(), LIMIT).get(10, TimeUnit.SECONDS);
    forward =
        client.requestForward(new BindAddress("bench", 80), acceptor).get(10, TimeUnit.SECONDS);
    serverEnd = house.accepted();
  }

  /** A visitor comes: the server's end of a new channel, reading. */
  SshChannel open(ChannelHandler handler) throws Exception {
    SshChannel channel =
        serverEnd.openForwardedTcpip(forward, VISITOR, handler).get(10, TimeUnit.SECONDS);
    channel.config().setAutoRead(true);
    return channel;
  }

  @Override
  public void close() throws IOException {
    connector.close();
    server.close();
    loops.close();
  }
}
