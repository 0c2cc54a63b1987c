package dev.porthole.ssh.algorithm;

import java.security.KeyPair;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * One key exchange, one signature and one packet with the algorithms most relays choose, without a
 * peer: what they load is there when a connection needs it.
 */
public final class Rehearsal {
  private static final int ED25519_BITS = 256;

  private Rehearsal() {}

  /**
   * Runs it on the calling thread; takes some 10 ms the first time.
   *
   * @throws Exception what MINA's algorithms declare, when the JVM lacks one of them
   */
  public static void run() throws Exception {
    agree();
    sign(new byte[32]);
    Cipher seal = cipher(Cipher.Mode.Encrypt);
    cipher(Cipher.Mode.Decrypt);
    seal.updateAAD(new byte[4], 0, 4);
  }

  private static void agree() throws Exception {
    AbstractDH one = BuiltinDHFactories.curve25519.create();
    AbstractDH two = BuiltinDHFactories.curve25519.create();
    two.setF(one.getE());
    two.getE();
    two.getK();
    two.getHash().init();
  }

  private static void sign(byte[] message) throws Exception {
    KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
    Signature signer = BuiltinSignatures.ed25519.create();
    signer.initSigner(null, pair.getPrivate());
    signer.update(null, message);
    Signature verifier = BuiltinSignatures.ed25519.create();
    verifier.initVerifier(null, pair.getPublic());
    verifier.update(null, message);
    verifier.verify(null, signer.sign(null));
  }

  static Cipher cipher(Cipher.Mode mode) throws Exception {
    Cipher cipher = BuiltinCiphers.aes128gcm.create();
    cipher.init(mode, new byte[cipher.getKdfSize()], new byte[cipher.getIVSize()]);
    return cipher;
  }
}
