package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every test starts servers of its own, and mostly waits for them. */
@Execution(ExecutionMode.CONCURRENT)
class DatabaseTest {
  private static final String CANARY = "c4nary-passw0rd";

  @BeforeAll
  static void patience() {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofMinutes(4));
  }

  @Test
  void itServesWhileTheDatabaseIsDownAndConnectsWhenItComes() throws IOException {
    int port = freePort();
    try (PhoenixProcess phoenix = phoenix("mongodb://127.0.0.1:" + port + "/demoDB")) {
      assertThat(phoenix.get("/").statusCode()).isEqualTo(200);
      assertThat(status(phoenix)).isIn("connecting", "disconnected");
      await().until(() -> status(phoenix).equals("disconnected"));
      assertThat(phoenix.get("/querylogs").statusCode()).isEqualTo(503);

      try (TestDatabase database = new TestDatabase("127.0.0.1", port)) {
        await().until(() -> status(phoenix).equals("connected"));
        assertThat(phoenix.getJson("/checkdbConn").getString("connectionString"))
            .isEqualTo(database.uri());
        // What was answered while the database was down is stored now.
        await().until(() -> paths(phoenix.getJson("/querylogs?size=200")).contains("/"));
      }
      // Whether or not it has been noticed yet.
      assertThat(phoenix.get("/querylogs").statusCode()).isEqualTo(503);
      await().until(() -> status(phoenix).equals("disconnected"));
      assertThat(phoenix.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyRequestIsWrittenToTheCollectionLogsAndReadBackNewestFirst() {
    try (TestDatabase database = new TestDatabase();
        PhoenixProcess phoenix = phoenix(database.uri());
        MongoClient client = MongoClients.create(database.uri())) {
      await().until(() -> status(phoenix).equals("connected"));
      IntStream.range(0, 7).forEach(i -> phoenix.get("/asked-" + i));
      var logs = client.getDatabase("demoDB").getCollection("logs");
      await().until(() -> logs.countDocuments(new Document("path", "/asked-6")) == 1);

      Document stored = logs.find(new Document("path", "/asked-3")).first();
      assertThat(stored)
          .containsEntry("method", "GET")
          .containsEntry("status", 404)
          .containsEntry("client", "127.0.0.1");
      assertThat(stored.getDate("time")).isCloseTo(new Date(), 120_000);
      assertThat(paths(phoenix.getJson("/querylogs")))
          .containsSubsequence(
              "/asked-6", "/asked-5", "/asked-4", "/asked-3", "/asked-2", "/asked-1", "/asked-0");
    }
  }

  @Test
  void theLogIsReadPageByPageWithoutMissingOrRepeatingAnEntry() {
    try (TestDatabase database = new TestDatabase();
        PhoenixProcess phoenix = phoenix(database.uri())) {
      await().until(() -> status(phoenix).equals("connected"));
      IntStream.range(0, 10).forEach(i -> phoenix.get("/asked-" + i));
      await().until(() -> paths(phoenix.getJson("/querylogs")).contains("/asked-9"));

      List<String> read = new ArrayList<>();
      for (String next = "/querylogs?size=3"; next != null; ) {
        // Reading is itself logged: new entries come in at the top between two pages.
        Document page = phoenix.getJson(next);
        assertThat(page.getList("entries", Document.class)).hasSizeLessThanOrEqualTo(3);
        read.addAll(paths(page));
        next = page.getString("next");
      }
      assertThat(read.stream().filter(path -> path.startsWith("/asked-")))
          .containsExactly(
              "/asked-9",
              "/asked-8",
              "/asked-7",
              "/asked-6",
              "/asked-5",
              "/asked-4",
              "/asked-3",
              "/asked-2",
              "/asked-1",
              "/asked-0");
      assertThat(phoenix.getJson("/querylogs?page=2&size=2").getList("entries", Document.class))
          .hasSize(2);
      assertThat(phoenix.getJson("/querylogs?page=100").getList("entries", Document.class))
          .isEmpty();
    }
  }

  @Test
  void aDatabaseThatComesBackUnderAnotherAddressIsFound(@TempDir Path folder) throws IOException {
    assumeTrue(isLocal("127.0.0.5") && isLocal("127.0.0.6"), "needs a second loopback address");
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.5 db.test\n");
    try (TestDatabase before = new TestDatabase("127.0.0.5", 0);
        PhoenixProcess phoenix =
            PhoenixProcess.start(
                Map.of("DB_CONNECTION_STRING", "mongodb://db.test:" + before.port() + "/demoDB"),
                "-Djdk.net.hosts.file=" + hosts,
                "-Dsun.net.inetaddr.ttl=0",
                "-Dsun.net.inetaddr.negative.ttl=0")) {
      await().until(() -> status(phoenix).equals("connected"));
      before.close();
      await().until(() -> status(phoenix).equals("disconnected"));
      Files.writeString(hosts, "");
      try (TestDatabase after = new TestDatabase("127.0.0.6", before.port())) {
        Files.writeString(hosts, "127.0.0.6 db.test\n");
        await().until(() -> status(phoenix).equals("connected"));
        phoenix.get("/asked-after-the-move");
        await().until(() -> paths(phoenix.getJson("/querylogs")).contains("/asked-after-the-move"));
      }
    }
  }

  @Test
  void aRefusedPasswordIsDisconnectedAndShownNowhere() {
    try (TestDatabase database = new TestDatabase();
        PhoenixProcess phoenix =
            phoenix(
                "mongodb://us3r:"
                    + CANARY
                    + "@127.0.0.1:"
                    + database.port()
                    + "/demoDB?authSource=admin")) {
      await().until(() -> phoenix.output().contains("database disconnected"));
      assertThat(phoenix.getJson("/checkdbConn"))
          .containsEntry("connectionStatus", "disconnected")
          .containsEntry(
              "connectionString", "mongodb://***@127.0.0.1:" + database.port() + "/demoDB");
      assertNothingLeaks(phoenix);
      assertThat(phoenix.output()).contains("MongoSecurityException");
    }
  }

  @Test
  void anUnreadableAddressIsReportedWithoutQuotingIt() {
    try (PhoenixProcess phoenix = phoenix("mongodb://us3r:" + CANARY + "@@/?")) {
      await().until(() -> phoenix.output().contains("DB_CONNECTION_STRING is not an address"));
      assertThat(status(phoenix)).isEqualTo("disconnected");
      assertNothingLeaks(phoenix);
    }
  }

  private static void assertNothingLeaks(PhoenixProcess phoenix) {
    for (String path : List.of("/", "/checkdbConn", "/querylogs", "/healthz", "/nowhere")) {
      assertThat(phoenix.get(path).body()).doesNotContain(CANARY, "us3r");
    }
    assertThat(phoenix.output()).doesNotContain(CANARY, "us3r");
  }

  private static PhoenixProcess phoenix(String uri) {
    return PhoenixProcess.start(Map.of("DB_CONNECTION_STRING", uri));
  }

  private static String status(PhoenixProcess phoenix) {
    return phoenix.getJson("/checkdbConn").getString("connectionStatus");
  }

  private static List<String> paths(Document page) {
    return page.getList("entries", Document.class, List.of()).stream()
        .map(entry -> entry.getString("path"))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean isLocal(String address) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
