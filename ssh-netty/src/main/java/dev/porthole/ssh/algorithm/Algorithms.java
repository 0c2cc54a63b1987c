package dev.porthole.ssh.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.helpers.AbstractFactoryManager;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * The lists of algorithms. AES-GCM comes first: with AES instructions it is some 20 times cheaper
 * than MINA's ChaCha20. CBC, SHA-1, {@code ssh-rsa}, DSA and group exchange are not offered.
 */
public final class Algorithms {
  private static final List<BuiltinCiphers> CIPHERS =
      List.of(
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.aes256ctr,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.cc20p1305_openssh);

  private static final List<BuiltinMacs> MACS =
      List.of(
          BuiltinMacs.hmacsha256etm,
          BuiltinMacs.hmacsha512etm,
          BuiltinMacs.hmacsha256,
          BuiltinMacs.hmacsha512);

  /** Key exchange, for {@code ClientBuilder.DH2KEX} and its server twin. */
  public static final List<BuiltinDHFactories> KEY_EXCHANGES =
      List.of(
          BuiltinDHFactories.curve25519,
          BuiltinDHFactories.curve25519_libssh,
          BuiltinDHFactories.ecdhp256,
          BuiltinDHFactories.ecdhp384,
          BuiltinDHFactories.ecdhp521,
          BuiltinDHFactories.dhg16_512,
          BuiltinDHFactories.dhg14_256);

  private static final List<BuiltinSignatures> SIGNATURES =
      List.of(
          BuiltinSignatures.ed25519,
          BuiltinSignatures.nistp256,
          BuiltinSignatures.nistp384,
          BuiltinSignatures.nistp521,
          BuiltinSignatures.rsaSHA512,
          BuiltinSignatures.rsaSHA256);

  private Algorithms() {}

  /** Sets ciphers, MACs, signatures and randomness; key exchange differs between the two ends. */
  public static void configure(AbstractFactoryManager manager) {
    manager.setCipherFactories(List.copyOf(CIPHERS));
    manager.setMacFactories(List.copyOf(MACS));
    manager.setSignatureFactories(List.copyOf(SIGNATURES));
    manager.setRandomFactory(new BufferedRandom.Factory());
  }

  /** The ciphers that cost least where the processor knows AES. */
  public static List<NamedFactory<Cipher>> aesGcm() {
    return List.of(BuiltinCiphers.aes128gcm, BuiltinCiphers.aes256gcm);
  }

  /** The ciphers a user named, in that order; unknown names fail. */
  public static List<NamedFactory<Cipher>> ciphers(List<String> names) {
    return pick(List.copyOf(CIPHERS), names, "cipher");
  }

  /** The MACs a user named, in that order; unknown names fail. */
  public static List<NamedFactory<Mac>> macs(List<String> names) {
    return pick(List.copyOf(MACS), names, "MAC");
  }

  /** All host key signatures, the known key types first. */
  public static List<NamedFactory<Signature>> signaturesPreferring(List<String> keyTypes) {
    List<NamedFactory<Signature>> known = new ArrayList<>();
    List<NamedFactory<Signature>> others = new ArrayList<>();
    for (BuiltinSignatures signature : SIGNATURES) {
      (keyTypes.contains(keyType(signature)) ? known : others).add(signature);
    }
    known.addAll(others);
    return known;
  }

  /** {@code rsa-sha2-*} are signatures of {@code ssh-rsa} keys (RFC 8332). */
  private static String keyType(BuiltinSignatures signature) {
    return signature.getName().startsWith("rsa-sha2-") ? "ssh-rsa" : signature.getName();
  }

  private static <T> List<NamedFactory<T>> pick(
      List<? extends NamedFactory<T>> offered, List<String> names, String kind) {
    List<NamedFactory<T>> picked = new ArrayList<>();
    for (String name : names) {
      picked.add(
          offered.stream()
              .filter(factory -> factory.getName().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          kind + ": " + name + " (expected: one of " + names(offered) + ")")));
    }
    return picked;
  }

  private static List<String> names(List<? extends NamedFactory<?>> offered) {
    return offered.stream().map(NamedFactory::getName).toList();
  }
}
