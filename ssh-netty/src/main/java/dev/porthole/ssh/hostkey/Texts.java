package dev.porthole.ssh.hostkey;

/** What a user reads about a host key; asserted word for word in tests. */
final class Texts {
  private Texts() {}

  /** What follows from a key that ends the attempt. */
  static final String NOTHING_SENT = "Nothing secret was sent.";

  /** What follows from a key that was to be refused and is not. */
  static final String USED = "It is used all the same, as asked.";

  static String changed(
      String host, int port, HostKey offered, KnownHosts.Line known, String consequence) {
    return "The host key of "
        + host
        + " has changed: someone may be listening in, or the server "
        + "was set up anew.\n  known:   "
        + HostKey.of(known.key())
        + " ("
        + known.place()
        + ")"
        + "\n  offered: "
        + offered
        + "\n"
        + consequence
        + " If the change is right, remove the old key: "
        + "ssh-keygen -f \""
        + known.file()
        + "\" -R \""
        + KnownHosts.name(host, port)
        + "\"";
  }

  static String notPinned(String host, HostKey offered, String fingerprint, String consequence) {
    return "The host key of "
        + host
        + " is not the published one: someone may be listening in."
        + "\n  published: "
        + fingerprint
        + " (built in)\n  offered:   "
        + offered
        + "\n"
        + consequence
        + " If its operators announced a new key, add it to known_hosts.";
  }

  static String revoked(String host, HostKey offered, KnownHosts.Line line) {
    return "The host key of "
        + host
        + " is marked as revoked ("
        + line.place()
        + "): "
        + offered
        + "\n"
        + NOTHING_SENT;
  }

  static String unknown(String host, int port, HostKey offered) {
    return "The host key of "
        + host
        + " is not known: "
        + offered
        + "\nCompare it with what its operators publish, then add it ("
        + "ssh-keyscan -p "
        + port
        + " "
        + host
        + ") or use -o StrictHostKeyChecking=accept-new.";
  }
}
