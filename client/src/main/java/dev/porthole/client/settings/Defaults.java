package dev.porthole.client.settings;

import java.util.List;
import java.util.Optional;

/**
 * What the configuration file says.
 *
 * @param relay {@code host} or {@code host:port}
 * @param user for that relay
 * @param token for that relay, and never sent to another
 * @param name wanted at that relay
 * @param identities private key files
 * @param warning something the user should hear about the file
 */
record Defaults(
    Optional<String> relay,
    Optional<String> user,
    Optional<String> token,
    Optional<String> name,
    List<String> identities,
    Optional<String> warning) {

  static Defaults none() {
    return new Defaults(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  @Override
  public String toString() {
    return "Defaults[relay=" + relay + "]"; // the token is a secret
  }
}
