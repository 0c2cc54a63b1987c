package dev.porthole.relay.control;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import dev.porthole.relay.words.LoginName.Qr;
import dev.porthole.ssh.server.SessionStart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;
import java.util.Map;

/**
 * What a client reads in its session. Without a terminal: plain lines, each URL alone on its own.
 * With one: the same lines, ended the way terminals want it, and Ctrl-C ends the tunnel.
 */
final class SessionText {
  private static final byte CTRL_C = 3;
  private static final byte CTRL_D = 4;

  private final SessionStart session;
  private final boolean terminal;

  private SessionText(SessionStart session) {
    this.session = session;
    this.terminal = session.pty().isPresent();
  }

  /** Takes over a session; input is read and thrown away. */
  static SessionText start(SessionStart session, Runnable onInterrupt) {
    SessionText text = new SessionText(session);
    session.channel().pipeline().addLast(text.new Input(onInterrupt));
    session.channel().config().setAutoRead(true);
    return text;
  }

  /** Writes a line, or drops it: a client that does not read its session is not waited for. */
  void line(String text) {
    if (!session.channel().isWritable()) {
      return;
    }
    ByteBuf bytes =
        ByteBufUtil.writeUtf8(session.channel().alloc(), text + (terminal ? "\r\n" : "\n"));
    session.channel().writeAndFlush(bytes);
  }

  /** Draws a URL; light modules are drawn, so that it scans from dark terminals. */
  void qr(String url, Qr style) {
    BitMatrix code;
    try {
      code =
          new QRCodeWriter()
              .encode(url, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, 2));
    } catch (WriterException e) {
      line("The URL is too long for a QR code.");
      return;
    }
    int step = style == Qr.UNICODE ? 2 : 1;
    for (int row = 0; row < code.getHeight(); row += step) {
      line(style == Qr.UNICODE ? halfBlocks(code, row) : doubledBlocks(code, row));
    }
  }

  private static String halfBlocks(BitMatrix code, int row) {
    StringBuilder drawn = new StringBuilder(code.getWidth());
    for (int column = 0; column < code.getWidth(); column++) {
      boolean upper = !code.get(column, row);
      boolean lower = row + 1 < code.getHeight() && !code.get(column, row + 1);
      drawn.append(upper ? (lower ? '\u2588' : '\u2580') : (lower ? '\u2584' : ' '));
    }
    return drawn.toString();
  }

  private static String doubledBlocks(BitMatrix code, int row) {
    StringBuilder drawn = new StringBuilder(2 * code.getWidth());
    for (int column = 0; column < code.getWidth(); column++) {
      drawn.append(code.get(column, row) ? "  " : "##");
    }
    return drawn.toString();
  }

  void exit(int status) {
    session.exit(status);
  }

  private final class Input extends ChannelInboundHandlerAdapter {
    private final Runnable onInterrupt;

    private Input(Runnable onInterrupt) {
      this.onInterrupt = onInterrupt;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf typed = (ByteBuf) message;
      boolean interrupted =
          terminal && typed.forEachByte((ByteProcessor) b -> b != CTRL_C && b != CTRL_D) >= 0;
      typed.release();
      if (interrupted) {
        onInterrupt.run();
      }
    }
  }
}
