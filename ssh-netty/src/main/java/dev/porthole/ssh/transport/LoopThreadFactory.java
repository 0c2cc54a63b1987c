package dev.porthole.ssh.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.sshd.common.util.threads.ThreadUtils;

/** Makes loop threads that MINA never blocks: they are "internal" to it for their whole life. */
final class LoopThreadFactory extends DefaultThreadFactory {

  LoopThreadFactory() {
    super("porthole-loop", true);
  }

  @Override
  public Thread newThread(Runnable task) {
    return super.newThread(() -> runAsInternal(task));
  }

  private static void runAsInternal(Runnable task) {
    try {
      ThreadUtils.runAsInternal(
          () -> {
            task.run();
            return null;
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a Runnable threw a checked exception", e);
    }
  }
}
