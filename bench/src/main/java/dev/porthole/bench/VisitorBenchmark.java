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

/** One visitor after the other: a channel opened, used once and closed, beside others at rest. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class VisitorBenchmark {
  private static final int SIZE = 100;

  /** Channels that are open all the while; the price of a new one must not depend on it. */
  @Param({"0", "1000", "10000"})
  public int others;

  private SshEnds ends;

  /** Connects, and opens the channels that only wait. */
  @Setup
  public void connect() throws Exception {
    ends = new SshEnds(open -> open.accept(new Echo()).config().setAutoRead(true));
    for (int i = 0; i < others; i++) {
      ends.open(new Counter(SIZE));
    }
  }

  /** Ends both ends. */
  @TearDown
  public void close() throws Exception {
    ends.close();
  }

  /** One visitor. */
  @Benchmark
  public void visit() throws Exception {
    Counter answer = new Counter(SIZE);
    SshChannel channel = ends.open(answer);
    channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[SIZE]), channel.voidPromise());
    answer.await();
    channel.close().sync();
  }
}
