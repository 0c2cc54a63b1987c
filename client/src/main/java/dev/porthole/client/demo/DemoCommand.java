package dev.porthole.client.demo;

import dev.porthole.client.console.Surroundings;
import dev.porthole.client.exit.ExitCode;
import dev.porthole.client.run.TunnelRun;
import dev.porthole.client.story.Story;
import dev.porthole.relay.Relay;
import dev.porthole.tunnel.Forward;
import dev.porthole.tunnel.HostPort;
import dev.porthole.tunnel.PublicUrl;
import dev.porthole.tunnel.Target;
import dev.porthole.tunnel.Tunnel;
import dev.porthole.tunnel.TunnelConfig;
import dev.porthole.tunnel.connect.Porthole;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A relay, a site and a tunnel between them, all on loopback. */
@Command(
    name = "demo",
    description = "Starts a relay, a small site and a tunnel here, without a network.",
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private static final int READY_SECONDS = 20;

  private final Surroundings surroundings;

  @Option(names = "--check", description = "fetch the page through the tunnel, compare, and end")
  private boolean check;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean unusedHelp;

  /** With the streams to print to. */
  public DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (Relay relay = Relay.builder().start();
        SampleSite site = SampleSite.start()) {
      surroundings
          .err()
          .println(
              "A relay listens on 127.0.0.1:"
                  + relay.sshPort()
                  + ", a small site on 127.0.0.1:"
                  + site.port()
                  + ".");
      TunnelConfig config = config(relay, site);
      return check ? check(config, relay) : demonstrate(config);
    } catch (IOException e) {
      surroundings.err().println("porthole: The demo could not start: " + e.getMessage());
      return ExitCode.INTERNAL.number();
    }
  }

  private static TunnelConfig config(Relay relay, SampleSite site) {
    Target target = Target.plain("127.0.0.1", site.port());
    return TunnelConfig.builder(new HostPort("127.0.0.1", relay.sshPort()))
        .forward(new Forward(Forward.Kind.HTTP, "localhost", 0, target))
        .build();
  }

  private int demonstrate(TunnelConfig config) {
    TunnelRun.Outcome outcome = TunnelRun.run(config, Story.Form.TEXT, surroundings);
    outcome
        .failure()
        .ifPresent(failure -> surroundings.err().println("porthole: " + failure.getMessage()));
    return outcome.code().number();
  }

  private int check(TunnelConfig config, Relay relay) {
    try (Tunnel tunnel =
        Porthole.open(config, Story.teller(Story.Form.QUIET, config, surroundings))) {
      List<PublicUrl> urls = tunnel.ready().get(READY_SECONDS, TimeUnit.SECONDS);
      List<PublicUrl> pages =
          urls.stream().filter(url -> "http".equals(url.uri().getScheme())).toList();
      if (pages.isEmpty()) {
        throw new IOException("the relay told no http:// address, only " + urls);
      }
      for (PublicUrl page : pages) {
        new RoundTrip(page, relay.httpPort(), surroundings.err()).check();
      }
      surroundings.err().println("All well.");
      return ExitCode.OK.number();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.number();
    } catch (ExecutionException | TimeoutException | IOException e) {
      surroundings.err().println("porthole: The round trip failed: " + e.getMessage());
      return ExitCode.INTERNAL.number();
    }
  }
}
