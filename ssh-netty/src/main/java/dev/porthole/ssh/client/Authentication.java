package dev.porthole.ssh.client;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.jspecify.annotations.Nullable;

/** One run through the authentication methods (RFC 4252). Confined to the loop. */
final class Authentication implements UserInteraction {
  private static final int MAX_BANNER = 8 * 1024;

  private final ClientSession session;
  private final Credentials credentials;
  private final Consumer<String> onBanner;
  private final StringBuilder banner = new StringBuilder();
  private Optional<String> password = Optional.empty();
  private boolean asked;

  Authentication(ClientSession session, Credentials credentials, Consumer<String> onBanner) {
    this.session = session;
    this.credentials = credentials;
    this.onBanner = onBanner;
  }

  CompletableFuture<Void> run(
      EventLoop loop, Duration limit, CompletableFuture<String> connectionClosed) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    session.setUserInteraction(this);
    session.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(credentials.keys()));
    session.setPasswordIdentityProvider(context -> password().stream().toList());
    connectionClosed.thenAccept(
        reason -> done.completeExceptionally(new ConnectionLostException(reason, null)));
    try {
      session.auth().addListener(result -> finish(result, done));
    } catch (IOException e) {
      done.completeExceptionally(new ConnectionLostException(String.valueOf(e.getMessage()), e));
    }
    var timer =
        loop.schedule(
            () -> done.completeExceptionally(tooSlow(limit)),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    done.whenComplete((ok, failure) -> timer.cancel(false));
    return done;
  }

  private void finish(AuthFuture result, CompletableFuture<Void> done) {
    if (result.isSuccess()) {
      done.complete(null);
      return;
    }
    ClientAuthentication service = session.getService(ClientAuthentication.class);
    List<String> methods = service == null ? List.of() : service.methodsLeft();
    done.completeExceptionally(
        new AuthenticationRefusedException(
            "the server takes: " + String.join(", ", methods), methods, result.getException()));
  }

  private static ConnectionLostException tooSlow(Duration limit) {
    return new ConnectionLostException(
        "authentication took more than " + limit.toSeconds() + " s", null);
  }

  /** Asked for once, and only when the server offers a method that needs it. */
  private Optional<String> password() {
    if (!asked) {
      asked = true;
      password = credentials.password().get();
    }
    return password;
  }

  @Override
  public void welcome(ClientSession ignored, String text, String language) {
    banner.append(text, 0, Math.min(text.length(), MAX_BANNER - banner.length()));
    onBanner.accept(banner.toString());
  }

  /** Keyboard-interactive (RFC 4256): the password answers every prompt that hides its input. */
  @Override
  public String @Nullable [] interactive(
      ClientSession ignored,
      String name,
      String instruction,
      String lang,
      String[] prompt,
      boolean[] echo) {
    if (password().isEmpty()) {
      return null;
    }
    String[] answers = new String[prompt.length];
    Arrays.setAll(answers, i -> echo[i] ? "" : password().orElseThrow());
    return answers;
  }

  @Override
  public @Nullable String getUpdatedPassword(ClientSession ignored, String prompt, String lang) {
    return null;
  }
}
