package dev.porthole.ssh.client;

import dev.porthole.ssh.SshException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server accepted none of the credentials offered. */
public final class AuthenticationRefusedException extends SshException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> methods;

  AuthenticationRefusedException(String message, List<String> methods, @Nullable Throwable cause) {
    super(message, cause);
    this.methods = List.copyOf(methods);
  }

  /** Methods the server named last, as in RFC 4252 section 5.1; from the network, unescaped. */
  public List<String> methods() {
    return methods;
  }
}
