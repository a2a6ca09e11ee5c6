package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EndOfLifeTest {
  @BeforeAll
  static void patience() {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofMinutes(4));
  }

  @Test
  void aCrashIsAnsweredLoggedAndEndsTheProcessWithStatus1() {
    try (TestDatabase database = new TestDatabase();
        PhoenixProcess phoenix =
            PhoenixProcess.start(
                Map.of("DB_CONNECTION_STRING", database.uri(), "PRESTOP_SECONDS", "60"));
        MongoClient client = MongoClients.create(database.uri())) {
      await().until(() -> phoenix.getJson("/checkdbConn").containsValue("connected"));
      HttpResponse<String> answer = phoenix.get("/crash");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("ends now with status 1");
      assertThat(phoenix.exitStatus()).isEqualTo(1);
      assertThat(phoenix.output())
          .contains("crash asked for: exiting with status 1", "GET /crash 200");
      assertThat(
              client
                  .getDatabase("demoDB")
                  .getCollection("logs")
                  .countDocuments(new Document("path", "/crash")))
          .isOne();
    }
  }

  @Test
  void afterSigtermItServesOnAskingClientsToMove() {
    try (PhoenixProcess phoenix = PhoenixProcess.start(Map.of("PRESTOP_SECONDS", "3"))) {
      assertThat(phoenix.get("/").headers().firstValue("Connection")).isEmpty();
      phoenix.terminate();
      await().until(() -> phoenix.output().contains("stopping: serving on for 3 s"));
      for (String path : List.of("/", "/healthz", "/nowhere", "/generatecert")) {
        HttpResponse<String> answer = phoenix.get(path);
        assertThat(answer.statusCode()).isEqualTo(path.equals("/nowhere") ? 404 : 200);
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
      }
      assertThat(phoenix.exitStatus()).isZero();
      assertThat(phoenix.output()).contains("stopped: every request is answered");
    }
  }

  @Test
  void aKeptConnectionIsServedOnceMoreAndThenClosedByAgreement() throws IOException {
    try (PhoenixProcess phoenix = PhoenixProcess.start(Map.of("PRESTOP_SECONDS", "30"));
        Socket socket = new Socket(phoenix.address().getHost(), phoenix.address().getPort())) {
      assertThat(ask(socket, "/healthz")).startsWith("HTTP/1.1 200").doesNotContain("Connection:");
      phoenix.terminate();
      await().until(() -> phoenix.output().contains("stopping: serving on"));
      assertThat(ask(socket, "/healthz")).startsWith("HTTP/1.1 200").contains("Connection: close");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(phoenix.isAlive()).isTrue();
    }
  }

  @Test
  void whatIsInFlightIsAnsweredAfterTheListenerIsClosed() {
    try (PhoenixProcess phoenix = PhoenixProcess.start(Map.of("PRESTOP_SECONDS", "0"))) {
      // Nine connections are there already, so that none is still being made when the listener
      // closes.
      IntStream.range(0, 9)
          .mapToObj(i -> phoenix.getLater("/healthz"))
          .toList()
          .forEach(CompletableFuture::join);
      List<CompletableFuture<HttpResponse<String>>> inFlight =
          IntStream.range(0, 9).mapToObj(i -> phoenix.getLater("/generatecert")).toList();
      CompletableFuture.anyOf(inFlight.toArray(CompletableFuture[]::new)).join();
      phoenix.terminate();
      await().pollInterval(Duration.ofMillis(5)).until(() -> refusesConnections(phoenix));

      List<HttpResponse<String>> answers = inFlight.stream().map(CompletableFuture::join).toList();
      assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
      // Begun before SIGTERM, answered after it.
      assertThat(answers)
          .anySatisfy(
              answer -> assertThat(answer.headers().firstValue("Connection")).hasValue("close"));
      assertThat(phoenix.exitStatus()).isZero();
    }
  }

  @Test
  void theLastRequestsAreInTheDatabaseWhenTheProcessEnds() {
    try (TestDatabase database = new TestDatabase();
        PhoenixProcess phoenix =
            PhoenixProcess.start(Map.of("DB_CONNECTION_STRING", database.uri()));
        MongoClient client = MongoClients.create(database.uri())) {
      await().until(() -> phoenix.getJson("/checkdbConn").containsValue("connected"));
      database.holdInserts();
      phoenix.get("/being-written");
      database.awaitHeldInsert();
      phoenix.get("/the-last-one");
      phoenix.terminate();
      await().until(() -> phoenix.output().contains("stopped: every request is answered"));
      database.releaseInserts();
      assertThat(phoenix.exitStatus()).isZero();
      assertThat(
              client
                  .getDatabase("demoDB")
                  .getCollection("logs")
                  .countDocuments(new Document("path", "/the-last-one")))
          .isOne();
    }
  }

  private static boolean refusesConnections(PhoenixProcess phoenix) {
    try (Socket socket = new Socket(phoenix.address().getHost(), phoenix.address().getPort())) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Sends a request on the open connection and reads its answer's head and its one line of text.
   */
  private static String ask(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: phoenix\r\n\r\n").getBytes());
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().contains("\r\n\r\n") || answer.charAt(answer.length() - 2) != '}') {
      int next = socket.getInputStream().read();
      assertThat(next).as("the connection ended within an answer").isNotNegative();
      answer.append((char) next);
    }
    return answer.toString();
  }
}
