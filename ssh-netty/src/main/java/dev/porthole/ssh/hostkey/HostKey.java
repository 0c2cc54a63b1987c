package dev.porthole.ssh.hostkey;

import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The key a server proved to own during the key exchange (RFC 4253 section 8).
 *
 * @param type key type as on the wire, such as {@code ssh-ed25519} or {@code ssh-rsa}
 * @param blob the public key in wire format (RFC 4253 section 6.6); treat as read-only
 * @param fingerprint {@code SHA256:} and unpadded base64, as OpenSSH prints it
 * @param key the same key as a JDK object
 */
@SuppressWarnings("ArrayRecordComponent") // identity is the fingerprint
public record HostKey(String type, byte[] blob, String fingerprint, PublicKey key) {

  /** Describes a key. */
  public static HostKey of(PublicKey key) {
    Buffer wire = new ByteArrayBuffer();
    wire.putRawPublicKey(key);
    return new HostKey(
        KeyUtils.getKeyType(key),
        wire.getCompactData(),
        KeyUtils.getFingerPrint(BuiltinDigests.sha256, key),
        key);
  }

  @Override
  public String toString() {
    return type + " " + fingerprint;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostKey that && that.fingerprint.equals(fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }
}
