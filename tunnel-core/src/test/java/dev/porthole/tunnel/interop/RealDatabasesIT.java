package dev.porthole.tunnel.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import dev.porthole.testing.FreePort;
import dev.porthole.testing.Peers;
import dev.porthole.testing.Programs;
import dev.porthole.testing.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases and the clients that belong to them, through OpenSSH's sshd and our client. */
@Timeout(60)
final class RealDatabasesIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ROWS = 20_000;

  @TempDir static Path folder;
  private static OpenSshRelay relay;

  @BeforeAll
  static void startRelay() {
    relay = OpenSshRelay.start(folder);
  }

  @AfterAll
  static void stopRelay() {
    relay.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"IPV4", "NAME", "IPV6"})
  void postgresAnswersPsql(Where where) throws Exception {
    int port = FreePort.next();
    Path rows = folder.resolve("rows-" + where);
    try (PostgresCluster cluster = PostgresCluster.create();
        RunningProgram server = cluster.start(where, port)) {
      PublicPlace place = relay.share(where.target(port));

      assertThat(psql(place, "-c", "select 6 * 7").out()).isEqualTo("42");
      psql(
          place,
          "-o",
          rows.toString(),
          "-c",
          "copy (select n, repeat('x', 100) from generate_series(1, " + ROWS + ") n) to stdout");
      assertThat(Files.readAllLines(rows)).hasSize(ROWS).last().asString().startsWith("20000\tx");
      server.signal("INT");
      assertThat(server.awaitExit(LIMIT)).isZero();
    }
  }

  private static Programs.Result psql(PublicPlace place, String... more) {
    List<String> words = new ArrayList<>();
    words.add(Peers.program("psql").toString());
    words.addAll(List.of("-h", place.host(), "-p", Integer.toString(place.port())));
    words.addAll(List.of("-U", PostgresCluster.USER, "-d", "postgres", "-XAtq"));
    words.addAll(List.of(more));
    return Programs.mustRun(LIMIT, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(names = {"IPV4", "NAME", "IPV6"})
  void mongoAnswersItsDriver(Where where) throws Exception {
    try (MongoProcess server = MongoProcess.start(where)) {
      PublicPlace place = relay.share(where.target(server.port()));
      String address = "mongodb://" + place.authority() + "/?directConnection=true";
      try (MongoClient client = MongoClients.create(address)) {
        MongoCollection<Document> people = client.getDatabase("test").getCollection("people");
        List<Document> crowd = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          crowd.add(new Document("_id", i).append("name", "person " + i));
        }
        people.insertMany(crowd);

        assertThat(people.countDocuments()).isEqualTo(1_000);
        assertThat(people.find(Filters.eq("name", "person 7")).first()).isEqualTo(crowd.get(7));
        assertThat(people.find()).containsExactlyElementsOf(crowd);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IPV4", "NAME", "IPV6"})
  void redisAnswersItsCommandLine(Where where) throws Exception {
    int port = FreePort.next();
    try (RunningProgram server =
        RunningProgram.command(
                List.of(
                    Peers.program("redis-server").toString(),
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    where.host,
                    "--dir",
                    folder.toString(),
                    "--save",
                    ""))
            .start()) {
      where.awaitListening(port);
      PublicPlace place = relay.share(where.target(port));

      assertThat(redis(place, "set", "greeting", "hello")).isEqualTo("OK");
      assertThat(redis(place, "get", "greeting")).isEqualTo("hello");
      assertThat(redis(place, "-r", "1000", "incr", "count")).endsWith("\n1000");
      assertThat(server.isAlive()).isTrue();
    }
  }

  private static String redis(PublicPlace place, String... more) {
    List<String> words = new ArrayList<>();
    words.add(Peers.program("redis-cli").toString());
    words.addAll(List.of("-h", place.host(), "-p", Integer.toString(place.port())));
    words.addAll(List.of(more));
    return Programs.mustRun(LIMIT, words.toArray(String[]::new)).out();
  }
}
