package dev.porthole.relay.interop;

import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.connection.channel.Channel;
import net.schmizz.sshj.connection.channel.direct.LocalPortForwarder;
import net.schmizz.sshj.connection.channel.direct.Parameters;
import net.schmizz.sshj.connection.channel.forwarded.RemotePortForwarder;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import net.schmizz.sshj.userauth.method.AuthNone;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * sshj, in this JVM. Its own copier closes both sides when one of them has ended, so the end of a
 * question would end the answer; ours does not.
 */
final class SshjClient implements StrangerClient {
  private static final int LIMIT_MILLIS = 20_000;

  private final SSHClient client;
  private final List<RemotePortForwarder.Forward> granted = new ArrayList<>();
  private final List<ServerSocket> listening = new ArrayList<>();
  private String transcript = "";

  /** Logs in and asks for the forwards; a refusal is in the transcript. */
  SshjClient(SshLogin login, RemoteForward... forwards) {
    DefaultConfig config = new DefaultConfig();
    config.setLoggerFactory(new Silence());
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    client = new SSHClient(config);
    client.setConnectTimeout(LIMIT_MILLIS);
    client.addHostKeyVerifier(new PromiscuousVerifier());
    try {
      client.connect(InetAddress.getLoopbackAddress(), login.port());
      client.getConnection().getKeepAlive().setKeepAliveInterval(login.keepaliveSeconds());
      logIn(login);
      if (login.local().isPresent()) {
        forwardLocal(login.local().get().split(":", 3));
      }
      for (RemoteForward forward : forwards) {
        granted.add(
            client
                .getRemotePortForwarder()
                .bind(
                    new RemotePortForwarder.Forward(forward.host(), forward.port()),
                    visitor -> lead(visitor, forward.localPort())));
      }
    } catch (IOException e) {
      transcript = causes(e);
      close();
    }
  }

  /** The outermost often says nothing. */
  private static String causes(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private void logIn(SshLogin login) throws IOException {
    if (login.key().isPresent()) {
      client.authPublickey(login.user(), login.key().get().file().toString());
    } else if (login.password().isPresent()) {
      client.authPassword(login.user(), login.password().get());
    } else {
      client.auth(login.user(), new AuthNone());
    }
  }

  private void forwardLocal(String[] parts) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[0])));
    listening.add(listener);
    LocalPortForwarder forwarder =
        client.newLocalPortForwarder(
            new Parameters(
                "127.0.0.1", listener.getLocalPort(), parts[1], Integer.parseInt(parts[2])),
            listener);
    Thread accepting = new Thread(() -> listen(forwarder), "sshj-local-" + parts[0]);
    accepting.setDaemon(true);
    accepting.start();
  }

  private void listen(LocalPortForwarder forwarder) {
    try {
      forwarder.listen();
    } catch (IOException e) {
      // The channel was refused, or this client ended: it listens no more.
      transcript += e + "\n";
    }
  }

  private static void lead(Channel.Forwarded visitor, int localPort) throws IOException {
    var service = Joint.dial(localPort);
    visitor.confirm();
    Joint.join(service, visitor.getInputStream(), visitor.getOutputStream(), visitor);
  }

  @Override
  public int port(int index) {
    if (index >= granted.size()) {
      throw new AssertionError("no forward " + index + ": " + transcript);
    }
    return granted.get(index).getPort();
  }

  @Override
  public void cancelFirst() {
    try {
      client.getRemotePortForwarder().cancel(granted.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isAlive() {
    return client.isConnected() && client.isAuthenticated();
  }

  @Override
  public String transcript() {
    return transcript;
  }

  @Override
  public void close() {
    try {
      for (ServerSocket listener : listening) {
        listener.close();
      }
      client.disconnect();
    } catch (IOException e) {
      // The other side was faster.
      transcript += e + "\n";
    }
  }

  /** It logs as errors what ends of connections are. */
  private static final class Silence implements LoggerFactory {
    @Override
    public Logger getLogger(String name) {
      return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLogger(Class<?> type) {
      return NOPLogger.NOP_LOGGER;
    }
  }
}
