package dev.porthole.relay.interop;

import com.jcraft.jsch.ChannelForwardedTCPIP;
import com.jcraft.jsch.ForwardedTCPIPDaemon;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.porthole.testing.client.RemoteForward;
import dev.porthole.testing.client.SshLogin;
import dev.porthole.testing.client.StrangerClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * JSch, in this JVM. Its own copier closes the local socket when the visitor has ended, so the end
 * of a question would end the answer; the interface it has for other copiers forgets which port the
 * server chose. So forwards to port 0 cannot half-close, and those to fixed ports can.
 *
 * <p>Its reader interrupts whoever waits for a reply, sometimes after the reply was seen: so nobody
 * waits but threads of its own, or a test would be interrupted at its next step.
 */
final class JschClient implements StrangerClient {
  private static final int LIMIT_MILLIS = 20_000;

  private final RemoteForward[] forwards;
  private final List<Integer> ports = new ArrayList<>();
  private @Nullable Session session;
  private String transcript = "";

  /** Logs in and asks for the forwards; a refusal is in the transcript. */
  JschClient(SshLogin login, RemoteForward... forwards) {
    this.forwards = forwards;
    try {
      onItsOwnThread(
          () -> {
            connect(login);
            return true;
          });
    } catch (JSchException e) {
      transcript = e.toString();
      close();
    }
  }

  private void connect(SshLogin login) throws JSchException {
    JSch jsch = new JSch();
    if (login.key().isPresent()) {
      jsch.addIdentity(login.key().get().file().toString());
    }
    Session connecting = jsch.getSession(login.user(), "127.0.0.1", login.port());
    session = connecting;
    connecting.setConfig("StrictHostKeyChecking", "no");
    login.password().ifPresent(connecting::setPassword);
    if (login.keepaliveSeconds() > 0) {
      connecting.setServerAliveInterval(login.keepaliveSeconds() * 1_000);
    }
    connecting.connect(LIMIT_MILLIS);
    if (login.local().isPresent()) {
      String[] parts = login.local().get().split(":", 3);
      connecting.setPortForwardingL(
          Integer.parseInt(parts[0]), parts[1], Integer.parseInt(parts[2]));
    }
    for (RemoteForward forward : forwards) {
      ports.add(ask(connecting, forward));
    }
  }

  private static void onItsOwnThread(Callable<Boolean> work) throws JSchException {
    FutureTask<Boolean> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "jsch-caller");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof JSchException known
          ? known
          : new JSchException("JSch failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("JSch did not finish", e);
    }
  }

  private static int ask(Session session, RemoteForward forward) throws JSchException {
    if (forward.port() == 0) {
      String bind = forward.host().isEmpty() ? "" : forward.host() + ":";
      return session.setPortForwardingR(bind + "0:127.0.0.1:" + forward.localPort());
    }
    Object[] localPort = {forward.localPort()};
    session.setPortForwardingR(forward.host(), forward.port(), Daemon.class.getName(), localPort);
    return forward.port();
  }

  @Override
  public int port(int index) {
    if (index >= ports.size()) {
      throw new AssertionError("no forward " + index + ": " + transcript);
    }
    return ports.get(index);
  }

  @Override
  public void cancelFirst() {
    try {
      onItsOwnThread(
          () -> {
            connected().delPortForwardingR(forwards[0].host(), port(0));
            return true;
          });
    } catch (JSchException e) {
      throw new AssertionError("not cancelled", e);
    }
  }

  private Session connected() {
    if (session == null) {
      throw new AssertionError("not connected: " + transcript);
    }
    return session;
  }

  @Override
  public boolean isAlive() {
    return session != null && session.isConnected();
  }

  @Override
  public String transcript() {
    return transcript;
  }

  @Override
  public void close() {
    if (session != null) {
      session.disconnect();
    }
  }

  /** Made by JSch for each visitor, by name. */
  public static final class Daemon implements ForwardedTCPIPDaemon {
    private @Nullable ChannelForwardedTCPIP channel;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private int localPort;

    @Override
    public void setChannel(ChannelForwardedTCPIP opened, InputStream from, OutputStream to) {
      channel = opened;
      in = from;
      out = to;
    }

    @Override
    public void setArg(Object[] arguments) {
      localPort = (Integer) arguments[0];
    }

    @Override
    public void run() {
      try {
        // JSch closes the channel itself, when it has sent what is in its pipe.
        Joint.join(Joint.dial(localPort), in, out, () -> {});
      } catch (IOException e) {
        channel.disconnect();
        throw new UncheckedIOException(e);
      }
    }
  }
}
