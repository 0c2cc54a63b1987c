package dev.porthole.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for programs that cannot choose one themselves. Below the range the kernel hands out, so
 * that no outgoing connection takes it in between.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private FreePort() {}

  /** A port nothing listens on now, on any address. */
  public static int next() {
    for (int i = 0; i < 1_000; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
  }

  /** Whether something on 127.0.0.1 accepts connections there. */
  public static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket any = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[4]))) {
      return any.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
