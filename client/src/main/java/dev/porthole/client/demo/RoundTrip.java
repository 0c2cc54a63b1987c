package dev.porthole.client.demo;

import dev.porthole.tunnel.PublicUrl;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Visits the sample site through its public URL. It connects to 127.0.0.1 and names the host in the
 * header, since not every resolver knows that names below {@code localhost} are loopback (RFC
 * 6761).
 */
final class RoundTrip {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int UPLOAD = 256 * 1024;

  private final PublicUrl page;
  private final int port;
  private final PrintStream report;
  private final HttpClient client;

  RoundTrip(PublicUrl page, int port, PrintStream report) {
    // Read once, when the JDK's client is loaded: without it the Host header cannot be set.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    this.page = page;
    this.port = port;
    this.report = report;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  void check() throws IOException, InterruptedException {
    byte[] expected = SampleSite.page();
    same("the page", send("/", null), expected);
    byte[] upload = new byte[UPLOAD];
    new Random(1).nextBytes(upload);
    same("an upload, sent back", send("/echo", upload), upload);
  }

  private byte[] send(String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    String host = page.uri().getRawAuthority();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Host", host)
            .timeout(LIMIT);
    if (body != null) {
      request.POST(BodyPublishers.ofByteArray(body));
    }
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(page + path + " answered " + answer.statusCode() + " instead of 200");
    }
    return answer.body();
  }

  private void same(String what, byte[] got, byte[] expected) throws IOException {
    if (!Arrays.equals(got, expected)) {
      throw new IOException(
          what + " came back different: " + got.length + " of " + expected.length + " bytes");
    }
    report.println("Checked " + page + ": " + what + ", all " + got.length + " bytes the same.");
  }
}
