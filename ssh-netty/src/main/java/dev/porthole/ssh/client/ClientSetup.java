package dev.porthole.ssh.client;

import dev.porthole.ssh.algorithm.Algorithms;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.ssh.transport.NettyIoServices;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** Configures MINA's client: our I/O, our algorithms, our services, none of its defaults. */
final class ClientSetup {
  private ClientSetup() {}

  static SshClient start(EventLoops loops, SshClientOptions options) {
    SshClient client =
        ClientBuilder.builder()
            .keyExchangeFactories(
                NamedFactory.setUpTransformedFactories(
                    true, Algorithms.KEY_EXCHANGES, ClientBuilder.DH2KEX))
            .serverKeyVerifier(ConnectAttempt::verifyHostKey)
            .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
            .channelFactories(List.of())
            .globalRequestHandlers(List.of())
            .build();
    Algorithms.configure(client);
    choose(client, options);
    client.setIoServiceFactoryFactory(new NettyIoServices(loops));
    client.setScheduledExecutorService(loops.next(), false);
    client.setServiceFactories(
        List.of(new ClientAuthentication.Factory(), new ClientService.Factory()));
    client.setUserAuthFactories(
        List.of(
            UserAuthPublicKeyFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE,
            UserAuthPasswordFactory.INSTANCE));
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(new ConnectionAgent());
    client.addSessionListener(new ConnectAttempt.Dispatcher());
    limits(client);
    client.start();
    return client;
  }

  private static void choose(SshClient client, SshClientOptions options) {
    if (!options.ciphers().isEmpty()) {
      client.setCipherFactories(Algorithms.ciphers(options.ciphers()));
    }
    if (!options.macs().isEmpty()) {
      client.setMacFactories(Algorithms.macs(options.macs()));
    }
    client.setCompressionFactories(
        options.compression()
            ? List.of(BuiltinCompressions.delayedZlib, BuiltinCompressions.none)
            : List.of(BuiltinCompressions.none));
  }

  /**
   * Connect, authentication and liveness have limits of our own; MINA's would cut quiet tunnels.
   */
  private static void limits(SshClient client) {
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, Duration.ZERO);
    CoreModuleProperties.IGNORE_MESSAGE_SIZE.set(client, 0);
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
    CoreModuleProperties.CLIENT_IDENTIFICATION.set(client, "Porthole_0.1");
  }
}
