package dev.fargate.local.aws.tasks.process.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoSecurityException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoStandInTest {
  private final MongoServer server =
      new MongoServer(
          MongoStandIn.backend(
              new DataFolder(null),
              Map.of(
                  "MONGO_INITDB_ROOT_USERNAME", "root",
                  "MONGO_INITDB_ROOT_PASSWORD", "s3cret=,word")));
  private final InetSocketAddress address = server.bind();

  @AfterEach
  void close() {
    server.shutdownNow();
  }

  private MongoClient client(MongoCredential credential) {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder()
            .applyToClusterSettings(
                cluster ->
                    cluster
                        .hosts(List.of(new ServerAddress(address)))
                        .serverSelectionTimeout(20, TimeUnit.SECONDS));
    if (credential != null) {
      settings.credential(credential);
    }
    return MongoClients.create(settings.build());
  }

  private static MongoCredential credential(String mechanism, String password) {
    char[] secret = password.toCharArray();
    return switch (mechanism) {
      case "SCRAM-SHA-1" -> MongoCredential.createScramSha1Credential("root", "admin", secret);
      case "SCRAM-SHA-256" -> MongoCredential.createScramSha256Credential("root", "admin", secret);
      default -> MongoCredential.createCredential("root", "admin", secret);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "negotiated"})
  void theRightPasswordOpensTheDatabase(String mechanism) {
    try (MongoClient client = client(credential(mechanism, "s3cret=,word"))) {
      client.getDatabase("demo").getCollection("logs").insertOne(new Document("a", 1));
      assertThat(client.getDatabase("demo").getCollection("logs").countDocuments()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "negotiated"})
  void aWrongPasswordDoesNot(String mechanism) {
    try (MongoClient client = client(credential(mechanism, "wrong"))) {
      assertThatThrownBy(() -> client.getDatabase("demo").getCollection("logs").countDocuments())
          .isInstanceOf(MongoSecurityException.class);
    }
  }

  @Test
  void anotherUserDoesNot() {
    MongoCredential other =
        MongoCredential.createScramSha256Credential("guest", "admin", "s3cret=,word".toCharArray());
    try (MongoClient client = client(other)) {
      assertThatThrownBy(() -> client.getDatabase("demo").getCollection("logs").countDocuments())
          .isInstanceOf(MongoSecurityException.class);
    }
  }

  @Test
  void withoutAPasswordAClientMayOnlyPing() {
    try (MongoClient client = client(null)) {
      assertThat(client.getDatabase("admin").runCommand(new Document("ping", 1)))
          .containsEntry("ok", 1.0);
      for (Document command :
          List.of(
              new Document("find", "logs"),
              new Document("insert", "logs").append("documents", List.of(new Document())),
              new Document("listDatabases", 1),
              new Document("dropDatabase", 1))) {
        assertThatThrownBy(() -> client.getDatabase("demo").runCommand(command))
            .isInstanceOfSatisfying(
                MongoCommandException.class, error -> assertThat(error.getCode()).isEqualTo(13));
      }
    }
  }
}
