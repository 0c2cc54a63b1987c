package dev.porthole.bench;

import dev.porthole.ssh.splice.Splice;
import dev.porthole.ssh.transport.EventLoops;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The splice alone, between two sockets and without SSH: the floor for everything above it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SpliceBenchmark {
  /** Bytes of one message; small enough for the sockets' buffers, so that nobody waits. */
  @Param({"100", "32768"})
  public int size;

  private EventLoops loops;
  private Socket visitor;
  private Socket service;
  private byte[] message;

  /** Joins a visitor to a service. */
  @Setup
  public void join() throws Exception {
    loops = EventLoops.start(1);
    message = new byte[size];
    EventLoop loop = loops.next();
    try (ServerSocket listener = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      DuplexChannel one = connect(loop, listener);
      visitor = listener.accept();
      DuplexChannel two = connect(loop, listener);
      service = listener.accept();
      visitor.setTcpNoDelay(true);
      service.setTcpNoDelay(true);
      loop.submit(() -> Splice.join(one, two)).sync();
    }
  }

  private DuplexChannel connect(EventLoop loop, ServerSocket listener) throws Exception {
    Channel channel =
        new Bootstrap()
            .group(loop)
            .channel(loops.socketChannel())
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(listener.getLocalSocketAddress())
            .sync()
            .channel();
    return (DuplexChannel) channel;
  }

  /** Ends all sockets. */
  @TearDown
  public void close() throws IOException {
    visitor.close();
    service.close();
    loops.close();
  }

  /** One message to the service and one back. */
  @Benchmark
  public void roundTrip() throws IOException {
    pass(visitor, service);
    pass(service, visitor);
  }

  private void pass(Socket from, Socket to) throws IOException {
    OutputStream out = from.getOutputStream();
    InputStream in = to.getInputStream();
    out.write(message);
    if (in.readNBytes(message, 0, size) != size) {
      throw new IOException("the splice ended");
    }
  }
}
