package dev.porthole.relay.junit;

import dev.porthole.relay.Relay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Brings a relay on loopback to the tests of a class, which get it as a parameter of type {@link
 * Relay}:
 *
 * <pre>{@code
 * @ExtendWith(RelayExtension.class)
 * class WebhookTest {
 *   @Test
 *   void arrives(Relay relay) { … relay.sshPort() … }
 * }
 * }</pre>
 */
public final class RelayExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private @Nullable Relay relay;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    relay = Relay.builder().start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (relay != null) {
      relay.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Relay.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (relay == null) {
      throw new IllegalStateException("the relay is not running");
    }
    return relay;
  }
}
