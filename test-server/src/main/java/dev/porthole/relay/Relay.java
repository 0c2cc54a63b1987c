package dev.porthole.relay;

import dev.porthole.relay.config.RelayConfig;
import dev.porthole.relay.control.Forwards;
import dev.porthole.relay.control.PublicPlaces;
import dev.porthole.relay.control.RelayControl;
import dev.porthole.relay.http.HttpEdge;
import dev.porthole.relay.limit.VisitorLimit;
import dev.porthole.relay.limit.VisitorLimit.Verdict;
import dev.porthole.relay.route.Names;
import dev.porthole.relay.route.Routes;
import dev.porthole.relay.tcp.TcpEdge;
import dev.porthole.relay.tcp.TlsEdge;
import dev.porthole.ssh.auth.ServerKeys;
import dev.porthole.ssh.hostkey.HostKey;
import dev.porthole.ssh.server.SshServer;
import dev.porthole.ssh.transport.EventLoops;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A relay that runs: clients come by SSH and ask for remote forwards, visitors come by HTTP, TCP or
 * TLS. Everything happens on one event loop, so a route needs no lock and a byte changes no thread.
 */
public final class Relay implements AutoCloseable {
  private final EventLoops loops = EventLoops.start(1);
  private final List<Channel> listening = new ArrayList<>();
  private final List<KeyPair> hostKeys;
  private @Nullable SshServer ssh;
  private int sshPort;
  private int httpPort;
  private OptionalInt tlsPort = OptionalInt.empty();

  private Relay(List<KeyPair> hostKeys) {
    this.hostKeys = hostKeys;
  }

  /** Starts from the defaults: loopback, free ports, names below {@code localhost}, everybody. */
  public static RelayBuilder builder() {
    return new RelayBuilder();
  }

  /**
   * Opens all ports or none. Blocks until they are open.
   *
   * @throws IOException a port or a file cannot be used; the message says which
   */
  static Relay start(RelayConfig config) throws IOException {
    List<KeyPair> keys =
        config.hostKeyFile().isPresent()
            ? ServerKeys.loadOrCreate(config.hostKeyFile().get())
            : List.of(ServerKeys.generate());
    Optional<SslContext> certificate = certificate(config);
    Relay relay = new Relay(keys);
    try {
      relay.open(config, certificate);
      return relay;
    } catch (IOException | RuntimeException e) {
      relay.close();
      throw e;
    }
  }

  private void open(RelayConfig config, Optional<SslContext> certificate) throws IOException {
    Routes routes = new Routes();
    VisitorLimit visitors =
        new VisitorLimit(config.limits().visitorsPerAddress(), config.limits().visitors());
    HttpEdge http = new HttpEdge(routes, () -> tlsPort.orElseThrow());
    httpPort = listen(config.bind(), config.httpPort(), "HTTP", new HttpVisitors(http, visitors));
    if (config.tlsPort().isPresent()) {
      TlsEdge tls = new TlsEdge(routes, http, certificate, visitors);
      tlsPort = OptionalInt.of(listen(config.bind(), config.tlsPort().getAsInt(), "TLS", tls));
    }
    PublicPlaces places =
        new PublicPlaces(config.domain(), httpPort, tlsPort, certificate.isPresent());
    TcpEdge tcp = new TcpEdge(loops, config.bind(), config.tcpPorts(), visitors);
    Names names = new Names(hostKeys.get(0).getPrivate().getEncoded());
    RelayControl control =
        new RelayControl(
            config.access(), config.limits(), new Forwards(routes, names, tcp, places));
    SshServer server = new SshServer(loops, hostKeys, config.limits().login(), control);
    ssh = server;
    try {
      sshPort = server.bind(new InetSocketAddress(config.bind(), config.sshPort())).getPort();
    } catch (IOException e) {
      throw cannotListen("SSH", config.bind(), config.sshPort(), e);
    }
  }

  private static Optional<SslContext> certificate(RelayConfig config) throws IOException {
    if (config.certificate().isEmpty()) {
      return Optional.empty();
    }
    RelayConfig.CertificateFiles files = config.certificate().get();
    try {
      return Optional.of(
          SslContextBuilder.forServer(files.chain().toFile(), files.key().toFile()).build());
    } catch (IllegalArgumentException | IOException e) { // either, depending on what is wrong
      throw new IOException(
          "The certificate " + files.chain() + " and its key cannot be used: " + e.getMessage(), e);
    }
  }

  private int listen(String bind, int port, String what, ChannelHandler visitors)
      throws IOException {
    ChannelFuture bound =
        loops
            .listener()
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childHandler(visitors)
            .bind(new InetSocketAddress(bind, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(what, bind, port, bound.cause());
    }
    listening.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  private static IOException cannotListen(String what, String bind, int port, Throwable cause) {
    return new IOException(
        "Cannot listen for %s on %s:%d: is the port in use, or not allowed to you?"
            .formatted(what, bind, port),
        cause);
  }

  /** Where SSH clients connect. */
  public int sshPort() {
    return sshPort;
  }

  /** Where visitors of names connect. */
  public int httpPort() {
    return httpPort;
  }

  /** Where visitors of TLS tunnels connect, if there is such a port. */
  public OptionalInt tlsPort() {
    return tlsPort;
  }

  /** {@code SHA256:} and base64, as SSH clients show it. */
  public String hostKeyFingerprint() {
    return HostKey.of(hostKeys.get(0).getPublic()).fingerprint();
  }

  /** Ends all connections and frees all ports; returns when that is done, at most after 5 s. */
  @Override
  public void close() {
    listening.forEach(channel -> channel.close().awaitUninterruptibly());
    try {
      if (ssh != null) {
        ssh.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the SSH server did not close", e);
    } finally {
      loops.close();
    }
  }

  private static final class HttpVisitors extends ChannelInitializer<SocketChannel> {
    private final HttpEdge edge;
    private final VisitorLimit limit;

    private HttpVisitors(HttpEdge edge, VisitorLimit limit) {
      this.edge = edge;
      this.limit = limit;
    }

    @Override
    protected void initChannel(SocketChannel visitor) {
      Verdict verdict = limit.admit(visitor);
      if (verdict == Verdict.ADMITTED) {
        edge.serve(visitor.pipeline(), false);
      } else {
        HttpEdge.refuse(visitor.pipeline(), verdict);
      }
    }
  }
}
