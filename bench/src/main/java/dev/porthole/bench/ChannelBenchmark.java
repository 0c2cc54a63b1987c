package dev.porthole.bench;

import dev.porthole.ssh.channel.SshChannel;
import io.netty.buffer.Unpooled;
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

/**
 * There and back through one SSH channel: write, pack, encrypt, socket, decrypt, deliver, and the
 * same again for the echo. Small sizes show the price of a packet, large ones that of a byte.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChannelBenchmark {
  /** Bytes of one message. */
  @Param({"100", "32768", "1048576"})
  public int size;

  private SshEnds ends;
  private SshChannel channel;
  private Counter answers;
  private byte[] message;

  /** Opens the channel that all calls use. */
  @Setup
  public void open() throws Exception {
    ends = new SshEnds(open -> open.accept(new Echo()).config().setAutoRead(true));
    message = new byte[size];
    answers = new Counter(size);
    channel = ends.open(answers);
  }

  /** Ends both ends. */
  @TearDown
  public void close() throws Exception {
    ends.close();
  }

  /** One message and its echo. */
  @Benchmark
  public void roundTrip() throws InterruptedException {
    channel.writeAndFlush(Unpooled.wrappedBuffer(message), channel.voidPromise());
    answers.await();
  }
}
