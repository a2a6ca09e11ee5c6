package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EndOfLifeTest {
  /** One is worked on, the others wait: as many as may, so that SIGTERM finds some however late. */
  private static final int IN_FLIGHT = Endpoints.CERTIFICATE_WORKERS + Endpoints.CERTIFICATE_QUEUE;

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
    try (PhoenixProcess phoenix = PhoenixProcess.start(Map.of("PRESTOP_SECONDS", "110"))) {
      assertThat(phoenix.get("/").headers().firstValue("Connection")).isEmpty();
      phoenix.terminate();
      await().until(() -> phoenix.output().contains("stopping: serving on for 110 s"));
      for (String path : List.of("/", "/healthz", "/nowhere", "/generatecert")) {
        HttpResponse<String> answer = phoenix.get(path);
        assertThat(answer.statusCode()).isEqualTo(path.equals("/nowhere") ? 404 : 200);
        assertThat(answer.headers().firstValue("Connection")).hasValue("close");
      }
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
  void whatIsInFlightIsAnsweredAfterTheListenerIsClosed() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try (PhoenixProcess phoenix = PhoenixProcess.start(Map.of("PRESTOP_SECONDS", "0"))) {
      // They are connected already: none is still being made when the listener closes.
      for (int i = 0; i <= IN_FLIGHT; i++) {
        Socket client = new Socket(phoenix.address().getHost(), phoenix.address().getPort());
        clients.add(client);
        assertThat(ask(client, "/healthz")).startsWith("HTTP/1.1 200");
      }
      Socket other = clients.remove(IN_FLIGHT);
      for (Socket client : clients) {
        send(client, "/generatecert");
      }
      // What is answered twice on another connection was heard after all of them: they have begun.
      assertThat(ask(other, "/healthz")).startsWith("HTTP/1.1 200");
      assertThat(ask(other, "/healthz")).startsWith("HTTP/1.1 200");
      other.close();
      phoenix.terminate();
      await().pollInterval(Duration.ofMillis(5)).until(() -> refusesConnections(phoenix));

      List<String> answers = new ArrayList<>();
      for (Socket client : clients) {
        answers.add(answer(client));
      }
      assertThat(answers).allMatch(answer -> answer.startsWith("HTTP/1.1 200"));
      // Begun before SIGTERM, answered after it.
      assertThat(answers).anyMatch(answer -> answer.contains("Connection: close"));
      assertThat(phoenix.exitStatus()).isZero();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void theLastRequestsAreInTheDatabaseWhenTheProcessEnds() {
    try (TestDatabase database = new TestDatabase();
        PhoenixProcess phoenix =
            PhoenixProcess.start(
                Map.of("DB_CONNECTION_STRING", database.uri(), "PRESTOP_SECONDS", "1"));
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
    send(socket, path);
    return answer(socket);
  }

  private static void send(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: phoenix\r\n\r\n").getBytes());
  }

  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().contains("\r\n\r\n") || answer.charAt(answer.length() - 2) != '}') {
      int next = socket.getInputStream().read();
      assertThat(next).as("the connection ended within an answer").isNotNegative();
      answer.append((char) next);
    }
    return answer.toString();
  }
}
