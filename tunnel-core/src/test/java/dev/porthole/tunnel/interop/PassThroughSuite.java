package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import dev.porthole.testing.service.ByteFlow;
import dev.porthole.testing.service.LocalService;
import dev.porthole.testing.service.Visitor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Protocols that only the two ends understand: nothing between them may look inside. */
abstract class PassThroughSuite extends RelaySuite {
  private static final int DOWNLOAD = 5 << 20;

  @Test
  void visitorSeesTheServicesOwnCertificateAndAllItsBytes() throws Exception {
    OwnCertificate certificate = OwnCertificate.create(folder, "service.example");
    LocalService service = until(LocalService.start(socket -> answerInTls(certificate, socket)));
    PublicPlace place = relay().share(service.port());

    try (Socket socket = place.connect();
        SSLSocket tls = certificate.visit(socket)) {
      assertThat(tls.getSession().getPeerCertificates()[0]).isEqualTo(certificate.certificate());
      assertThat(tls.getSession().getProtocol()).isEqualTo("TLSv1.3");
      ByteFlow.Sum sent = ByteFlow.send(tls.getOutputStream(), 1 << 20, 21);
      tls.shutdownOutput();

      assertThat(Visitor.readLine(tls)).isEqualTo(sent.toString());
      assertThat(ByteFlow.receive(tls.getInputStream())).isEqualTo(ByteFlow.expected(DOWNLOAD, 22));
    }
    assertThat(service.failures()).isEmpty();
  }

  private static void answerInTls(OwnCertificate certificate, Socket socket) throws IOException {
    try (SSLSocket tls = certificate.serve(socket)) {
      ByteFlow.Sum sum = ByteFlow.receive(tls.getInputStream());
      OutputStream out = tls.getOutputStream();
      out.write((sum + "\n").getBytes(StandardCharsets.US_ASCII));
      ByteFlow.send(out, DOWNLOAD, 22);
      tls.shutdownOutput();
    }
  }

  @Test
  void http2WithPriorKnowledgeIsSpokenEndToEnd() throws Exception {
    Path site = Files.createDirectory(folder.resolve("site"));
    try (OutputStream file = Files.newOutputStream(site.resolve("big.bin"))) {
      ByteFlow.send(file, DOWNLOAD, 23);
    }
    PublicPlace place = relay().share(startNghttpd(site));
    Path got = folder.resolve("got");

    Programs.Result curl =
        Programs.mustRun(
            LIMIT,
            Peers.program("curl").toString(),
            "--silent",
            "--show-error",
            "--http2-prior-knowledge",
            "--max-time",
            "20",
            "--output",
            got.toString(),
            "--write-out",
            "%{http_version} %{http_code}",
            "http://" + place.authority() + "/big.bin");

    assertThat(curl.out()).isEqualTo("2 200");
    assertThat(got).hasSameBinaryContentAs(site.resolve("big.bin"));
  }

  @Test
  void manyHttp2RequestsShareOneConnection() throws Exception {
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.writeString(site.resolve("small.txt"), "small\n");
    PublicPlace place = relay().share(startNghttpd(site));

    Programs.Result nghttp =
        Programs.mustRun(
            LIMIT,
            Peers.program("nghttp").toString(),
            "--multiply=20",
            "--timeout=20",
            "http://" + place.authority() + "/small.txt");

    assertThat(nghttp.out().lines()).hasSize(20).containsOnly("small");
    assertThat(relay().visitors()).isLessThanOrEqualTo(1);
  }

  private int startNghttpd(Path site) {
    int port = FreePort.next();
    until(
        RunningProgram.command(
                List.of(
                    Peers.program("nghttpd").toString(),
                    "--no-tls",
                    "--address=127.0.0.1",
                    "--htdocs=" + site,
                    Integer.toString(port)))
            .start());
    Awaitility.await().atMost(LIMIT).until(() -> FreePort.isListening(port));
    return port;
  }

  @Test
  void sshThroughTheTunnelReachesTheServersBanner() throws Exception {
    try (OpenSshRelay other = OpenSshRelay.start(Files.createDirectory(folder.resolve("other")))) {
      PublicPlace place = relay().share(other.sshPort());
      ExecutorService visitors = Executors.newFixedThreadPool(5);
      until(visitors::shutdownNow);
      List<Callable<String>> scans = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        scans.add(() -> keyscan(place));
      }

      for (Future<String> scan : visitors.invokeAll(scans)) {
        assertThat(scan.get()).contains(other.hostKey());
      }
    }
  }

  private static String keyscan(PublicPlace place) {
    String program = Peers.program("ssh-keyscan").toString();
    return Programs.mustRun(LIMIT, program, "-p", Integer.toString(place.port()), place.host())
        .out();
  }
}
