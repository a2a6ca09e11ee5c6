package dev.fargate.local.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

class SecretsManagerTest {
  private static final String V1 = "11111111-1111-1111-1111-111111111111";
  private static final String V2 = "22222222-2222-2222-2222-222222222222";
  private static final String V3 = "33333333-3333-3333-3333-333333333333";

  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final SecretsManagerClient secrets =
      Clients.inThread(endpoint, SecretsManagerClient.builder());

  @Test
  void aNewValueBecomesCurrentAndTheOldOnePrevious() {
    create("db", V1, "one");
    put("db", V2, "two");
    put("db", V3, "three");
    assertThat(value("db")).isEqualTo("three");
    assertThat(secrets.describeSecret(r -> r.secretId("db")).versionIdsToStages())
        .isEqualTo(Map.of(V3, List.of("AWSCURRENT"), V2, List.of("AWSPREVIOUS")));
  }

  @Test
  void aVersionWithALabelOfItsOwnSurvivesWhenAwsRemovesTheUnlabelled() {
    create("db", V1, "one");
    secrets.updateSecretVersionStage(
        r -> r.secretId("db").versionStage("revision-1").moveToVersionId(V1));
    put("db", V2, "two");
    put("db", V3, "three");
    put("db", "44444444-4444-4444-4444-444444444444", "four");
    endpoint.clock().advance(Duration.ofHours(25));
    assertThat(
            secrets.getSecretValue(r -> r.secretId("db").versionStage("revision-1")).secretString())
        .isEqualTo("one");
    assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("db").versionId(V2)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("can't find the specified secret value for VersionId: " + V2);
  }

  @Test
  void theSameTokenWithTheSameValueIsTheSameCallAgain() {
    CreateSecretResponse first = create("db", V1, "one");
    assertThat(create("db", V1, "one").arn()).isEqualTo(first.arn());
    assertThatThrownBy(() -> create("db", V2, "one"))
        .isInstanceOf(ResourceExistsException.class)
        .hasMessageContaining("the secret db already exists");
    assertThatThrownBy(() -> put("db", V1, "other")).isInstanceOf(ResourceExistsException.class);
  }

  @Test
  void aScheduledDeletionHoldsTheNameUntilItIsDoneOrRestored() {
    create("db", V1, "one");
    secrets.deleteSecret(r -> r.secretId("db").recoveryWindowInDays(7L));
    assertThatThrownBy(() -> create("db", V1, "one"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("already scheduled for deletion");
    assertThatThrownBy(() -> value("db")).hasMessageContaining("marked for deletion");
    assertThat(secrets.listSecrets().secretList()).isEmpty();
    assertThat(secrets.describeSecret(r -> r.secretId("db")).deletedDate()).isNotNull();

    secrets.restoreSecret(r -> r.secretId("db"));
    assertThat(value("db")).isEqualTo("one");

    secrets.deleteSecret(r -> r.secretId("db").recoveryWindowInDays(7L));
    endpoint.clock().advance(Duration.ofDays(7));
    assertThat(create("db", V1, "again").name()).isEqualTo("db");
  }

  @Test
  void aForcedDeletionFreesTheNameAndSucceedsWhenThereIsNothing() {
    create("db", V1, "one");
    secrets.deleteSecret(r -> r.secretId("db").forceDeleteWithoutRecovery(true));
    secrets.deleteSecret(r -> r.secretId("db").forceDeleteWithoutRecovery(true));
    assertThatThrownBy(() -> secrets.describeSecret(r -> r.secretId("db")))
        .isInstanceOf(ResourceNotFoundException.class);
    create("db", V1, "two");
    assertThatThrownBy(
            () ->
                secrets.deleteSecret(
                    r ->
                        r.secretId("db").forceDeleteWithoutRecovery(true).recoveryWindowInDays(7L)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void aSecretIsFoundByNameArnAndArnWithoutSuffix() {
    String arn = create("a/b", V1, "one").arn();
    assertThat(arn).matches("arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/b-\\w{6}");
    assertThat(value(arn)).isEqualTo("one");
    assertThat(value(arn.substring(0, arn.length() - 7))).isEqualTo("one");
  }

  @Test
  void listingFiltersByTagAndName() {
    create("one", V1, "x");
    secrets.createSecret(
        r ->
            r.name("two")
                .tags(
                    Tag.builder().key("owner").value("me").build(),
                    Tag.builder().key("kind").value("app").build()));
    assertThat(names(FilterNameStringType.TAG_KEY, "owner")).containsExactly("two");
    assertThat(names(FilterNameStringType.TAG_VALUE, "ap")).containsExactly("two");
    assertThat(names(FilterNameStringType.NAME, "o", "t")).containsExactly("one", "two");
    assertThat(names(FilterNameStringType.TAG_KEY, "!owner")).containsExactly("one");
  }

  @Test
  void listsCanBePaged() {
    for (String name : List.of("a", "b", "c")) {
      create(name, V1, name);
    }
    assertThat(
            secrets.listSecretsPaginator(r -> r.maxResults(2)).stream()
                .flatMap(page -> page.secretList().stream())
                .map(SecretListEntry::name))
        .containsExactly("a", "b", "c");
    assertThat(endpoint.calls().count("secretsmanager:ListSecrets")).isEqualTo(2);
  }

  @Test
  void aLabelIsMovedOnlyByNamingTheVersionThatHoldsIt() {
    create("db", V1, "one");
    put("db", V2, "two");
    assertThatThrownBy(
            () ->
                secrets.updateSecretVersionStage(
                    r -> r.secretId("db").versionStage("AWSCURRENT").moveToVersionId(V1)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("currently attached to version " + V2);
    secrets.updateSecretVersionStage(
        r ->
            r.secretId("db")
                .versionStage("AWSCURRENT")
                .removeFromVersionId(V2)
                .moveToVersionId(V1));
    assertThat(value("db")).isEqualTo("one");
    assertThat(
            secrets.getSecretValue(r -> r.secretId("db").versionStage("AWSPREVIOUS")).versionId())
        .isEqualTo(V2);
  }

  @Test
  void badNamesAndUnsupportedSettingsAreRefused() {
    assertThatThrownBy(() -> create("no spaces", V1, "x"))
        .hasMessageContaining("Invalid name. Must be a valid name");
    assertThatThrownBy(() -> secrets.createSecret(r -> r.name("a").kmsKeyId("k")))
        .isInstanceOf(SecretsManagerException.class)
        .hasMessageContaining("does not support CreateSecret with KmsKeyId")
        .satisfies(e -> assertThat(((SecretsManagerException) e).statusCode()).isEqualTo(501));
  }

  @Test
  void noSecretValueShowsInTheCallRecord() {
    create("db", V1, "canary-value");
    put("db", V2, "canary-value");
    value("db");
    assertThat(endpoint.calls().all().toString()).contains("CreateSecret").doesNotContain("canary");
  }

  @Test
  void aTaskReadsAWholeValueAKeyALabelOrAVersion() {
    SecretsManager service = new SecretsManager(endpoint.scheduler());
    var caller = new dev.fargate.local.aws.wire.Caller("123456789012", "eu-central-1", "t");
    String arn =
        service
            .handle(
                "CreateSecret",
                dev.fargate.local.aws.wire.Struct.of()
                    .with("Name", "db")
                    .with("ClientRequestToken", V1)
                    .with("SecretString", "{\"user\":\"u\",\"port\":27017}"),
                caller)
            .required("ARN");
    assertThat(service.resolve(arn)).isEqualTo("{\"user\":\"u\",\"port\":27017}");
    assertThat(service.resolve(arn + ":user::")).isEqualTo("u");
    assertThat(service.resolve(arn + ":port:AWSCURRENT:")).isEqualTo("27017");
    assertThat(service.resolve(arn + ":user::" + V1)).isEqualTo("u");
    assertThatThrownBy(() -> service.resolve(arn + ":missing::"))
        .hasMessage("retrieved secret from Secrets Manager did not contain json key missing");
    assertThatThrownBy(() -> service.resolve(arn + ":user:old:"))
        .hasMessageContaining("staging label: old");
  }

  private CreateSecretResponse create(String name, String version, String value) {
    return secrets.createSecret(r -> r.name(name).clientRequestToken(version).secretString(value));
  }

  private void put(String name, String version, String value) {
    secrets.putSecretValue(r -> r.secretId(name).clientRequestToken(version).secretString(value));
  }

  private String value(String id) {
    return secrets.getSecretValue(r -> r.secretId(id)).secretString();
  }

  private List<String> names(FilterNameStringType key, String... values) {
    return secrets.listSecrets(r -> r.filters(f -> f.key(key).values(values))).secretList().stream()
        .map(SecretListEntry::name)
        .toList();
  }
}
