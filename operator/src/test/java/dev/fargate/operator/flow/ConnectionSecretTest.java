package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.database.Credentials;
import dev.fargate.local.aws.call.Call;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Kubernetes Secret that a database writes for programs in the cluster. */
class ConnectionSecretTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  /** The next look at a settled object, and the one after. */
  private static final Duration TWO_LOOKS = Duration.ofMinutes(2).plusSeconds(5);

  private static final String NAME = "phoenix-db-connection";

  private final VirtualWorld world = new VirtualWorld();
  private final FargateDatabase database = Faults.read("database.yaml", FargateDatabase.class);

  @AfterEach
  void close() {
    world.close();
  }

  private void start() {
    database.getSpec().connectionSecret = true;
    world.apply(Faults.read("environment.yaml", FargateEnvironment.class), database);
    untilReady();
    world.run(TWO_LOOKS);
  }

  private void untilReady() {
    world.run(Duration.ofSeconds(5));
    world.runUntil("it is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", "phoenix-db"));
  }

  private Secret secret() {
    return world.kubernetes.get("default", NAME).orElseThrow();
  }

  private Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    secret()
        .getData()
        .forEach(
            (key, value) ->
                values.put(
                    key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return values;
  }

  private Condition condition(ConditionType type) {
    return world.condition("FargateDatabase", "phoenix-db", type).orElseThrow();
  }

  private static Secret ofOthers() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(NAME)
        .endMetadata()
        .addToData("password", "b3RoZXJz")
        .build();
  }

  @Test
  void itHoldsWhatADatabaseRefCouldHandOutAndBelongsToTheDatabase() {
    start();
    Map<String, String> values = values();
    assertThat(values)
        .containsOnlyKeys(
            "connectionString", "host", "port", "username", "password", "databaseName")
        .containsEntry("host", world.database("phoenix-db").getStatus().host)
        .containsEntry("port", "27017")
        .containsEntry("databaseName", "demoDB");
    assertThat(values.get("connectionString"))
        .isEqualTo(
            "mongodb://%s:%s@%s:27017/demoDB?authSource=admin"
                .formatted(values.get("username"), values.get("password"), values.get("host")));
    assertThat(secret().getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "fargate-operator");
    assertThat(secret().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getKind()).isEqualTo("FargateDatabase");
              assertThat(owner.getUid())
                  .isEqualTo(world.database("phoenix-db").getMetadata().getUid());
            });
  }

  @Test
  void givenCredentialsArePublishedLikewise() {
    world.secrets.put("login", Map.of("username", "me", "password", "p@ss"));
    database.getSpec().credentials = new Credentials();
    database.getSpec().credentials.secretRef = new LocalReference();
    database.getSpec().credentials.secretRef.name = "login";
    start();
    assertThat(values()).containsEntry("username", "me").containsEntry("password", "p@ss");
    assertThat(values().get("connectionString")).startsWith("mongodb://me:p%40ss@");
  }

  @Test
  void aSecretInOrderIsNeitherWrittenNorComparedAgain() {
    start();
    assertThat(world.kubernetes.writes).containsExactly("create default/" + NAME);
    world.forgetCalls();
    world.run(Duration.ofHours(1));
    assertThat(world.kubernetes.writes).hasSize(1);
    assertThat(world.aws.calls().all().stream().map(Call::name))
        .doesNotContain("secretsmanager:GetSecretValue");
  }

  @Test
  void anOperatorWithoutMemoryWritesNothing() {
    start();
    world.restartOperator();
    world.run(TWO_LOOKS);
    assertThat(world.kubernetes.writes).hasSize(1);
  }

  @Test
  void whatSomebodyHasChangedIsPutBackAndWhatTheyHaveAddedToItsLabelsStays() {
    start();
    Map<String, String> before = values();
    world.kubernetes.put(
        new SecretBuilder(secret())
            .editMetadata()
            .addToLabels("team", "web")
            .endMetadata()
            .addToData("password", "d3Jvbmc=")
            .addToData("more", "bW9yZQ==")
            .build());
    world.run(TWO_LOOKS);
    assertThat(values()).isEqualTo(before);
    assertThat(secret().getMetadata().getLabels()).containsEntry("team", "web");
    world.kubernetes.lose(secret());
    world.run(TWO_LOOKS);
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void aSecretOfOthersIsAConflictThatNamesFieldAndFixAndIsLeftAlone() {
    world.kubernetes.put(ofOthers());
    database.getSpec().connectionSecret = true;
    world.apply(Faults.read("environment.yaml", FargateEnvironment.class), database);
    world.run(LONG_ENOUGH);
    assertThat(condition(ConditionType.READY).getStatus()).isEqualTo("False");
    assertThat(condition(ConditionType.STALLED).getReason()).isEqualTo("Conflict");
    assertThat(condition(ConditionType.CONFLICT).getMessage())
        .isEqualTo(
            "spec.connectionSecret: Secret default/phoenix-db-connection was made by somebody else"
                + " and is left as it is. Delete or rename it, or set connectionSecret to false.");
    assertThat(world.kubernetes.writes).isEmpty();

    world.kubernetes.lose(secret());
    world.kubernetes.writes.clear();
    untilReady();
    assertThat(world.kubernetes.writes).containsExactly("create default/" + NAME);
  }

  @Test
  void turnedOffItGoesAndOneOfOthersStays() {
    start();
    database.getSpec().connectionSecret = false;
    world.apply(database);
    world.run(TWO_LOOKS);
    assertThat(world.kubernetes.get("default", NAME)).isEmpty();

    world.kubernetes.put(ofOthers());
    world.restartOperator();
    world.run(TWO_LOOKS);
    assertThat(secret().getData()).isEqualTo(ofOthers().getData());
    assertThat(world.ready("FargateDatabase", "phoenix-db")).isTrue();
  }

  @Test
  void turnedOnAndOffOfALivingDatabaseLeavesNone() {
    start();
    database.getSpec().connectionSecret = null;
    world.apply(database);
    world.run(TWO_LOOKS);
    database.getSpec().connectionSecret = true;
    world.apply(database);
    world.runUntil(
        "it is made", LONG_ENOUGH, () -> world.kubernetes.get("default", NAME).isPresent());
    database.getSpec().connectionSecret = false;
    world.apply(database);
    world.run(TWO_LOOKS);
    assertThat(world.kubernetes.get("default", NAME)).isEmpty();
  }

  @Test
  void withoutTheRightToWriteItTheDatabaseSaysHowToGiveIt() {
    world.kubernetes.readOnly = true;
    database.getSpec().connectionSecret = true;
    world.apply(Faults.read("environment.yaml", FargateEnvironment.class), database);
    world.run(LONG_ENOUGH);
    assertThat(condition(ConditionType.STALLED).getReason()).isEqualTo("KubernetesDenied");
    assertThat(condition(ConditionType.READY).getMessage())
        .contains("spec.connectionSecret", "create of Secret default/" + NAME, "403")
        .contains("rbac.connectionSecrets");
    world.kubernetes.readOnly = false;
    world.run(Duration.ofMinutes(6));
    assertThat(world.ready("FargateDatabase", "phoenix-db")).isTrue();
  }

  @Test
  void whoDoesNotLeadWritesNone() {
    start();
    world.leading = false;
    world.kubernetes.lose(secret());
    world.kubernetes.writes.clear();
    world.run(TWO_LOOKS);
    assertThat(world.kubernetes.writes).isEmpty();
  }

  @Test
  void inPlanModeNoneIsWritten() {
    database.getSpec().mode = Mode.PAUSED;
    database.getSpec().connectionSecret = true;
    world.apply(Faults.read("environment.yaml", FargateEnvironment.class), database);
    world.run(LONG_ENOUGH);
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.run(TWO_LOOKS);
    assertThat(world.kubernetes.writes).isEmpty();
  }
}
