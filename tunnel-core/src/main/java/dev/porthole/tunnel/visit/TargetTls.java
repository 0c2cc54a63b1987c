package dev.porthole.tunnel.visit;

import dev.porthole.tunnel.HostPort;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards a local service. On loopback any certificate is taken: nobody can stand between, and
 * development certificates are self-signed. Elsewhere the system's trust and the name decide.
 * Confined to the loop; the contexts are made on first use.
 */
final class TargetTls {
  private @Nullable SslContext anyCertificate;
  private @Nullable SslContext systemTrust;

  SslHandler newHandler(ByteBufAllocator alloc, HostPort target) {
    try {
      return isLoopback(target.host())
          ? anyCertificate().newHandler(alloc, target.host(), target.port())
          : systemTrust().newHandler(alloc, target.host(), target.port());
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private SslContext anyCertificate() throws SSLException {
    if (anyCertificate == null) {
      anyCertificate =
          SslContextBuilder.forClient()
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null)
              .build();
    }
    return anyCertificate;
  }

  private SslContext systemTrust() throws SSLException {
    if (systemTrust == null) {
      systemTrust = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
    }
    return systemTrust;
  }

  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    return literal != null && (literal.length == 4 ? literal[0] == 127 : host.equals("::1"));
  }
}
