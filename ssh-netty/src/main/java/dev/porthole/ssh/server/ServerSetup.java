package dev.porthole.ssh.server;

import dev.porthole.ssh.algorithm.Algorithms;
import dev.porthole.ssh.channel.WindowBudget;
import dev.porthole.ssh.transport.EventLoops;
import dev.porthole.ssh.transport.NettyIoServices;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/** Configures MINA's server: our I/O, our algorithms, our services, none of its defaults. */
final class ServerSetup {
  private static final String IDENTIFICATION = "Porthole_0.1";

  private ServerSetup() {}

  static SshServer create(
      EventLoops loops, List<KeyPair> hostKeys, Duration authLimit, SshServerHandler handler) {
    SshServer server =
        ServerBuilder.builder()
            .keyExchangeFactories(
                NamedFactory.setUpTransformedFactories(
                    true, Algorithms.KEY_EXCHANGES, ServerBuilder.DH2KEX))
            .build();
    Algorithms.configure(server);
    server.setCompressionFactories(
        List.of(BuiltinCompressions.none, BuiltinCompressions.delayedZlib));
    server.setIoServiceFactoryFactory(
        new NettyIoServices(
            loops,
            connection ->
                handler
                    .onConnection(connection)
                    .map(why -> PlainDisconnect.tooManyConnections(IDENTIFICATION, why))));
    server.setScheduledExecutorService(loops.next(), false);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setGlobalRequestHandlers(List.of());
    server.setServiceFactories(
        List.of(
            new ServerAuthentication.Factory(), new ServerService.Factory(WindowBudget.ofHeap())));
    authentication(server);
    server.addSessionListener(new ConnectionEvents(handler));
    limits(server, authLimit);
    return server;
  }

  /** Method none is not in the list: {@link ServerAuthentication} sees to it. */
  private static void authentication(SshServer server) {
    server.setUserAuthFactories(
        List.of(
            UserAuthPublicKeyFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE,
            UserAuthPasswordFactory.INSTANCE));
    server.setPasswordAuthenticator(
        (user, password, session) ->
            SshServerConnection.of(session).acceptsPassword(user, password));
    server.setPublickeyAuthenticator(
        (user, key, session) -> SshServerConnection.of(session).acceptsKey(user, key));
    server.setKeyboardInteractiveAuthenticator(DefaultKeyboardInteractiveAuthenticator.INSTANCE);
  }

  /**
   * Rekeying is left to clients: if both ends begin one at once, MINA's server can lose its place.
   * Liveness is the user's business: MINA's idle limit would cut quiet tunnels.
   */
  private static void limits(SshServer server, Duration authLimit) {
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(server, authLimit);
    CoreModuleProperties.IGNORE_MESSAGE_SIZE.set(server, 0);
    CoreModuleProperties.REKEY_BYTES_LIMIT.set(server, 0L);
    CoreModuleProperties.REKEY_TIME_LIMIT.set(server, Duration.ZERO);
    CoreModuleProperties.REKEY_PACKETS_LIMIT.set(server, 0L);
    CoreModuleProperties.WELCOME_BANNER.set(server, "");
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, IDENTIFICATION);
  }
}
