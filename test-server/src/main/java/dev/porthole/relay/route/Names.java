package dev.porthole.relay.route;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes names that can be read out over the telephone. Whoever can prove to be the same gets the
 * same name again, also after the relay was restarted with the same secret.
 */
public final class Names {
  private static final String[] HOW = {
    "amber", "bold", "brave", "brisk", "calm", "clear", "crisp", "eager", "early", "fair", "fine",
    "fleet", "fresh", "gentle", "glad", "golden", "happy", "keen", "kind", "late", "light",
        "lively",
    "lucky", "merry", "mild", "neat", "noble", "polar", "proud", "quick", "quiet", "rapid", "royal",
    "sharp", "silver", "smart", "solid", "steady", "sunny", "swift", "tidy", "vivid", "warm", "wise"
  };
  private static final String[] WHO = {
    "anchor", "arrow", "badger", "beacon", "bridge", "canoe", "cedar", "comet", "coral", "crane",
    "delta", "eagle", "ember", "falcon", "fjord", "gull", "harbor", "heron", "island", "kayak",
    "lagoon", "lantern", "lark", "maple", "marlin", "mast", "meadow", "otter", "pearl", "pilot",
    "puffin", "reef", "river", "robin", "sail", "seal", "shore", "sparrow", "spruce", "tern",
    "tide", "walrus", "whale", "willow"
  };

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec secret;

  /**
   * Names that depend on a secret.
   *
   * @param secret at least one byte; nobody who does not know it can tell a name in advance
   */
  public Names(byte[] secret) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** Any name. */
  public String any() {
    return name(random.nextLong());
  }

  /**
   * The name of somebody's forward.
   *
   * @param who what was proved: a key's fingerprint, a token
   * @param index counts the forwards of a connection that want any name
   */
  public String of(String who, int index) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      byte[] digest = mac.doFinal((who + "/" + index).getBytes(StandardCharsets.UTF_8));
      return name(ByteBuffer.wrap(digest).getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HmacSHA256", e);
    }
  }

  private static String name(long bits) {
    int how = (int) Long.remainderUnsigned(bits, HOW.length);
    int who = (int) Long.remainderUnsigned(bits >>> 16, WHO.length);
    int number = (int) (bits >>> 44);
    return HOW[how] + "-" + WHO[who] + "-" + Integer.toString(number, 36);
  }
}
