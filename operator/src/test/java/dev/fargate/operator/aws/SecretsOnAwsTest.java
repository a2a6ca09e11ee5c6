package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of Kubernetes Secrets on their way into tasks (decision 12). */
class SecretsOnAwsTest {
  private static final String NAME = "fargate/acceptance/default/phoenix/env";
  private static final String CANARY = "canary-7f3a91";

  private final World world = new World();
  private final Leftovers account = new Leftovers(world.aws);

  @BeforeEach
  void comeUp() {
    world.applyPhoenix();
    world.putSecret("api", Map.of("token", CANARY));
    EnvVar variable = new EnvVar();
    variable.name = "API_TOKEN";
    variable.valueFrom = new ValueFrom();
    variable.valueFrom.secretKeyRef = new KeyReference();
    variable.valueFrom.secretKeyRef.name = "api";
    variable.valueFrom.secretKeyRef.key = "token";
    world.app("phoenix").getSpec().env.add(variable);
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(2));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theValueStandsInSecretsManagerAndNowhereElse() {
    assertThat(value(null)).isEqualTo("{\"API_TOKEN\":\"" + CANARY + "\"}");
    assertThat(world.describe()).doesNotContain(CANARY);
    assertThat(world.aws.calls().all().toString()).doesNotContain(CANARY);
    account
        .ecs
        .listTaskDefinitions()
        .taskDefinitionArns()
        .forEach(
            arn ->
                assertThat(
                        account.ecs.describeTaskDefinition(r -> r.taskDefinition(arn)).toString())
                    .doesNotContain(CANARY));
  }

  @Test
  void aChangedValueIsANewVersionAndANewRevision() {
    String first = account.secrets.getSecretValue(r -> r.secretId(NAME)).versionId();
    world.aws.calls().clear();

    world.putSecret("api", Map.of("token", "another-value"));
    world.goOn(Duration.ofMinutes(1));
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(3));

    assertThat(writes())
        .containsExactly(
            "secretsmanager:PutSecretValue", "ecs:RegisterTaskDefinition", "ecs:UpdateService");
    assertThat(value(null)).contains("another-value");
    assertThat(value(first)).as("kept for a rollback").contains(CANARY);
    assertThat(
            account.secrets.describeSecret(r -> r.secretId(NAME)).versionIdsToStages().get(first))
        .anyMatch(label -> label.startsWith("fargate-kept-"));
  }

  /** The label is put on after the creation: it lacks where the answer to that was lost. */
  @Test
  void aVersionThatNeverGotItsLabelGetsItBeforeItIsReplaced() {
    String first = account.secrets.getSecretValue(r -> r.secretId(NAME)).versionId();
    for (String label : labels(first)) {
      if (label.startsWith("fargate-kept-")) {
        account.secrets.updateSecretVersionStage(
            r -> r.secretId(NAME).versionStage(label).removeFromVersionId(first));
      }
    }

    world.putSecret("api", Map.of("token", "another-value"));
    world.goOn(Duration.ofMinutes(2));

    assertThat(value(null)).contains("another-value");
    assertThat(labels(first)).anyMatch(label -> label.startsWith("fargate-kept-"));
  }

  private List<String> labels(String version) {
    return account.secrets.describeSecret(r -> r.secretId(NAME)).versionIdsToStages().get(version);
  }

  @Test
  void aTouchedSecretWithTheSameValueChangesNothingAndIsComparedOnce() {
    world.aws.calls().clear();

    world.putSecret("api", Map.of("token", CANARY));
    world.goOn(Duration.ofMinutes(5));

    assertThat(writes()).isEmpty();
    assertThat(world.aws.calls().count("secretsmanager:GetSecretValue")).isEqualTo(1);
  }

  @Test
  void aGeneratedPasswordIsNeverReplaced() {
    String credentials = "fargate/acceptance/default/phoenix-db/database/credentials";
    String before = account.secrets.getSecretValue(r -> r.secretId(credentials)).secretString();

    world.restart();
    world.goOn(Duration.ofMinutes(5));

    assertThat(account.secrets.getSecretValue(r -> r.secretId(credentials)).secretString())
        .isEqualTo(before);
    assertThat(before)
        .containsPattern("\"password\":\"[A-Za-z0-9]{32}\"")
        .containsPattern("mongodb://root:[A-Za-z0-9]{32}@phoenix-db.phoenix.internal:27017/demoDB");
  }

  @Test
  void aScheduledDeletionOfOursIsRestored() {
    account.secrets.deleteSecret(r -> r.secretId(NAME).recoveryWindowInDays(7L));

    world.goOn(Duration.ofMinutes(4));

    assertThat(account.secrets.describeSecret(r -> r.secretId(NAME)).deletedDate()).isNull();
    assertThat(value(null)).contains(CANARY);
    assertThat(writes()).contains("secretsmanager:RestoreSecret");
  }

  @Test
  void anAwsErrorThatQuotesAValueIsNotPassedOn() {
    world
        .aws
        .faults()
        .on("secretsmanager:PutSecretValue")
        .fail("InvalidParameterException", "bad value: {\"API_TOKEN\":\"" + CANARY + "2\"}");

    world.putSecret("api", Map.of("token", CANARY + "2"));
    world.goOn(Duration.ofMinutes(2));

    assertThat(world.aws.calls().named("secretsmanager:PutSecretValue")).isNotEmpty();
    assertThat(world.describe()).doesNotContain(CANARY).contains("quotes a secret value");
  }

  private String value(String version) {
    return account.secrets.getSecretValue(r -> r.secretId(NAME).versionId(version)).secretString();
  }

  private List<String> writes() {
    return world.aws.calls().writes().stream().map(Call::name).toList();
  }
}
