package dev.porthole.tunnel.interop;

import dev.porthole.testing.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate a service made for itself, and visitors who trust that one and no other.
 *
 * @param name the service's DNS name, which visitors check
 * @param key its private key
 * @param context for both sides
 */
record OwnCertificate(String name, Certificate certificate, Key key, SSLContext context) {
  private static final String ALIAS = "service";
  private static final String PASSWORD = "only-for-this-test";

  /** Makes one with the JDK's keytool. */
  static OwnCertificate create(Path folder, String name)
      throws IOException, GeneralSecurityException {
    Path file = folder.resolve(name + ".p12");
    Programs.mustRun(
        Duration.ofSeconds(30),
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=dns:" + name,
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        PASSWORD);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return new OwnCertificate(
        name,
        store.getCertificate(ALIAS),
        store.getKey(ALIAS, PASSWORD.toCharArray()),
        contextOf(store));
  }

  /** Writes the chain in PEM. */
  Path writeChain(Path folder) throws IOException, GeneralSecurityException {
    return writePem(folder.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded());
  }

  /** Writes the key in PEM (PKCS#8). */
  Path writeKey(Path folder) throws IOException {
    return writePem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
  }

  private static Path writePem(Path file, String what, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
  }

  /** Speaks TLS as the service. */
  SSLSocket serve(Socket accepted) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
  }

  /** Speaks TLS as a visitor who wants to see the service's name. */
  SSLSocket visit(Socket connected) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(connected, name, connected.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private static SSLContext contextOf(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new AssertionError("an empty key store is made without reading", e);
    }
    trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
