package dev.fargate.local.aws.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.AlreadyExistsException;
import software.amazon.awssdk.services.backup.model.BackupException;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.InvalidParameterValueException;
import software.amazon.awssdk.services.backup.model.InvalidRequestException;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;
import software.amazon.awssdk.services.efs.EfsClient;

/** AWS Backup by the real SDK's client, in virtual time. */
class BackupTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/fargate-operator-backup";

  private final AwsEndpoint aws =
      AwsEndpoint.builder().virtualTime(Instant.parse("2026-11-21T00:00:00Z")).build();
  private final BackupClient backup = Clients.inThread(aws, BackupClient.builder());
  private final EfsClient efs = Clients.inThread(aws, EfsClient.builder());

  @AfterEach
  void close() {
    aws.close();
  }

  private void pass(Duration time) {
    aws.clock().advance(time);
  }

  private String fileSystem() {
    String arn = efs.createFileSystem(r -> r.creationToken("data")).fileSystemArn();
    pass(Duration.ofSeconds(10));
    return arn;
  }

  private Path folder(String arn) {
    return aws.fileSystems().folder(arn.substring(arn.lastIndexOf('/') + 1));
  }

  private String plan(String cron, String zone) {
    return backup
        .createBackupPlan(
            r ->
                r.creatorRequestId("p1")
                    .backupPlanTags(Map.of("team", "data"))
                    .backupPlan(
                        p ->
                            p.backupPlanName("daily")
                                .rules(
                                    rule ->
                                        rule.ruleName("daily")
                                            .targetBackupVaultName("vault")
                                            .scheduleExpression(cron)
                                            .scheduleExpressionTimezone(zone)
                                            .lifecycle(l -> l.deleteAfterDays(7L)))))
        .backupPlanId();
  }

  private String select(String plan, String arn) {
    return backup
        .createBackupSelection(
            r ->
                r.backupPlanId(plan)
                    .backupSelection(
                        s -> s.selectionName("data").iamRoleArn(ROLE).resources(List.of(arn))))
        .selectionId();
  }

  private List<RecoveryPointByBackupVault> points() {
    return backup.listRecoveryPointsByBackupVault(r -> r.backupVaultName("vault")).recoveryPoints();
  }

  private RecoveryPointByBackupVault backedUp(String arn) {
    backup.startBackupJob(
        r ->
            r.backupVaultName("vault")
                .resourceArn(arn)
                .iamRoleArn(ROLE)
                .recoveryPointTags(Map.of("by", "hand")));
    pass(Duration.ofMinutes(10));
    return points().get(points().size() - 1);
  }

  private static Map<String, String> metadata(String fileSystem) {
    return Map.of(
        "file-system-id",
        fileSystem.substring(fileSystem.lastIndexOf('/') + 1),
        "newFileSystem",
        "false",
        "Encrypted",
        "true",
        "PerformanceMode",
        "generalPurpose");
  }

  private String restore(String point, Map<String, String> metadata, String token) {
    return backup
        .startRestoreJob(
            r ->
                r.recoveryPointArn(point)
                    .iamRoleArn(ROLE)
                    .metadata(metadata)
                    .idempotencyToken(token)
                    .resourceType("EFS"))
        .restoreJobId();
  }

  private DescribeRestoreJobResponse job(String id) {
    return backup.describeRestoreJob(r -> r.restoreJobId(id));
  }

  private DescribeRestoreJobResponse restored(String point, String fileSystem, String items) {
    Map<String, String> metadata = new HashMap<>(metadata(fileSystem));
    metadata.put("ItemsToRestore", items);
    String id = restore(point, metadata, null);
    pass(Duration.ofMinutes(10));
    return job(id);
  }

  private List<Path> restoreDirectories(String arn) throws IOException {
    try (var entries = Files.list(folder(arn))) {
      return entries
          .filter(e -> e.getFileName().toString().startsWith("aws-backup-restore_"))
          .toList();
    }
  }

  @Test
  void aFileSystemsRecoveryPointsAreFoundInWhateverVaultTheyAre() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    String first = backedUp(arn).recoveryPointArn();
    backup.createBackupVault(r -> r.backupVaultName("other"));
    backup.startBackupJob(r -> r.backupVaultName("other").resourceArn(arn).iamRoleArn(ROLE));
    pass(Duration.ofMinutes(10));
    assertThat(backup.listRecoveryPointsByResource(r -> r.resourceArn(arn)).recoveryPoints())
        .extracting(point -> point.backupVaultName() + " " + point.statusAsString())
        .containsExactly("vault COMPLETED", "other COMPLETED");
    assertThat(
            backup
                .listRecoveryPointsByResource(r -> r.resourceArn(arn).maxResults(1))
                .recoveryPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.recoveryPointArn()).isEqualTo(first));
    assertThat(backup.listRecoveryPointsByResource(r -> r.resourceArn(arn + "0")).recoveryPoints())
        .isEmpty();
  }

  @Test
  void aBackupIsACopyAndARestoreLandsInADirectoryOfItsOwn() throws IOException {
    String arn = fileSystem();
    Files.createDirectories(folder(arn).resolve("db"));
    Files.writeString(folder(arn).resolve("db/data"), "one");
    Files.writeString(folder(arn).resolve("other"), "not asked for");
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    RecoveryPointByBackupVault point = backedUp(arn);
    assertThat(point.statusAsString()).isEqualTo("COMPLETED");
    assertThat(point.backupSizeInBytes()).isEqualTo(16);
    assertThat(backup.listTags(r -> r.resourceArn(point.recoveryPointArn())).tags())
        .containsEntry("by", "hand");

    Files.writeString(folder(arn).resolve("db/data"), "two");
    assertThat(restored(point.recoveryPointArn(), arn, "[\"/db\"]").statusAsString())
        .isEqualTo("COMPLETED");
    assertThat(folder(arn).resolve("db/data")).hasContent("two");
    List<Path> directories = restoreDirectories(arn);
    assertThat(directories).hasSize(1);
    assertThat(directories.get(0).resolve("db/data")).hasContent("one");
    assertThat(directories.get(0).resolve("other")).doesNotExist();
    assertThat(restored(point.recoveryPointArn(), arn, "[\"/nothing\"]").statusMessage())
        .contains("/nothing");
  }

  @Test
  void aRestoreOfAllIsPendingThenRunsAndIsFoundByItsFileSystem() throws IOException {
    String arn = fileSystem();
    Files.createDirectories(folder(arn).resolve("db"));
    Files.writeString(folder(arn).resolve("db/data"), "one");
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    RecoveryPointByBackupVault point = backedUp(arn);
    assertThat(
            backup
                .getRecoveryPointRestoreMetadata(
                    r -> r.backupVaultName("vault").recoveryPointArn(point.recoveryPointArn()))
                .restoreMetadata())
        .containsEntry("file-system-id", arn.substring(arn.lastIndexOf('/') + 1));

    String id = restore(point.recoveryPointArn(), metadata(arn), "once");
    assertThat(job(id).status()).isEqualTo(RestoreJobStatus.PENDING);
    assertThat(restore(point.recoveryPointArn(), metadata(arn), "once")).isEqualTo(id);
    pass(Duration.ofSeconds(90));
    assertThat(job(id).status()).isEqualTo(RestoreJobStatus.RUNNING);
    assertThat(restoreDirectories(arn)).isEmpty();
    assertThatThrownBy(
            () ->
                backup.deleteRecoveryPoint(
                    r -> r.backupVaultName("vault").recoveryPointArn(point.recoveryPointArn())))
        .hasMessageContaining("being restored");

    pass(Duration.ofMinutes(5));
    DescribeRestoreJobResponse done = job(id);
    assertThat(done.status()).isEqualTo(RestoreJobStatus.COMPLETED);
    assertThat(done.createdResourceArn()).isEqualTo(arn);
    assertThat(done.percentDone()).isEqualTo("100.0%");
    assertThat(done.recoveryPointCreationDate()).isEqualTo(point.creationDate());
    assertThat(restoreDirectories(arn))
        .singleElement()
        .satisfies(directory -> assertThat(directory.resolve("db/data")).hasContent("one"));
    assertThat(restoreDirectories(arn).get(0).getFileName().toString())
        .isEqualTo("aws-backup-restore_2026-11-21T00-10-10-000Z");
    assertThat(backup.listRestoreJobsByProtectedResource(r -> r.resourceArn(arn)).restoreJobs())
        .singleElement()
        .satisfies(listed -> assertThat(listed.restoreJobId()).isEqualTo(id));
    assertThat(
            backup
                .listRestoreJobsByProtectedResource(
                    r -> r.resourceArn(arn).byStatus(RestoreJobStatus.FAILED))
                .restoreJobs())
        .isEmpty();
    assertThat(
            backup.listRestoreJobsByProtectedResource(r -> r.resourceArn(arn + "0")).restoreJobs())
        .isEmpty();
  }

  @Test
  void aRestoreThatFailsOrIsAbortedSaysWhyAndBringsNothing() throws IOException {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    String point = backedUp(arn).recoveryPointArn();
    for (RestoreJobStatus status : List.of(RestoreJobStatus.FAILED, RestoreJobStatus.ABORTED)) {
      aws.endRestores(status.toString(), "No permission.");
      String id = restore(point, metadata(arn), null);
      pass(Duration.ofMinutes(10));
      assertThat(job(id).status()).isEqualTo(status);
      assertThat(job(id).statusMessage()).isEqualTo("No permission.");
      assertThat(job(id).completionDate()).isNotNull();
    }
    assertThat(restoreDirectories(arn)).isEmpty();
    aws.endRestores(null, null);
    String gone = restore(point, metadata("fs-0none"), null);
    pass(Duration.ofMinutes(10));
    assertThat(job(gone).statusMessage()).isEqualTo("File system fs-0none does not exist.");
  }

  @Test
  void twoRestoresOfOneMomentHaveADirectoryEach() throws IOException {
    String arn = fileSystem();
    Files.writeString(folder(arn).resolve("data"), "one");
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    String point = backedUp(arn).recoveryPointArn();
    restore(point, metadata(arn), "first");
    restore(point, metadata(arn), "second");
    pass(Duration.ofMinutes(10));
    assertThat(restoreDirectories(arn))
        .hasSize(2)
        .allSatisfy(directory -> assertThat(directory.resolve("data")).hasContent("one"));
  }

  @Test
  void aRestoreOfWhatIsNoRecoveryPointIsRefused() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    String point = backedUp(arn).recoveryPointArn();
    String foreign = point.replace("123456789012", "999999999999");
    assertThatThrownBy(() -> restore(foreign, metadata(arn), null))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> restore("the-latest", metadata(arn), null))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("the-latest");
    Map<String, String> lacking = new HashMap<>(metadata(arn));
    lacking.remove("Encrypted");
    assertThatThrownBy(() -> restore(point, lacking, null))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("Encrypted");
    for (String items : List.of("/db", "[\"db\"]", "[1", "null", "{}", "[null]")) {
      Map<String, String> wrong = new HashMap<>(metadata(arn));
      wrong.put("ItemsToRestore", items);
      assertThatThrownBy(() -> restore(point, wrong, null))
          .as(items)
          .isInstanceOf(InvalidParameterValueException.class)
          .hasMessageContaining("ItemsToRestore");
    }
    backup.deleteRecoveryPoint(r -> r.backupVaultName("vault").recoveryPointArn(point));
    assertThatThrownBy(() -> restore(point, metadata(arn), null))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("DELETING");
    assertThat(backup.listRestoreJobs(r -> {}).restoreJobs()).isEmpty();
  }

  @Test
  void aPlanRunsByItsScheduleInItsTimeZoneAndItsPointsEnd() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    String plan = plan("cron(0 3 * * ? *)", "Europe/Berlin");
    select(plan, arn);
    pass(Duration.ofHours(1));
    assertThat(points()).isEmpty();
    pass(Duration.ofHours(1).plusMinutes(10));
    assertThat(points()).hasSize(1);
    assertThat(points().get(0).creationDate()).isEqualTo("2026-11-21T02:00:00Z");
    assertThat(points().get(0).createdBy().backupPlanId()).isEqualTo(plan);
    pass(Duration.ofDays(20));
    assertThat(points()).hasSize(7);

    backup.updateBackupPlan(
        r ->
            r.backupPlanId(plan)
                .backupPlan(
                    p ->
                        p.backupPlanName("daily")
                            .rules(
                                rule ->
                                    rule.ruleName("weekly")
                                        .targetBackupVaultName("vault")
                                        .scheduleExpression("cron(0 3 ? * SUN *)")
                                        .lifecycle(l -> l.deleteAfterDays(30L)))));
    pass(Duration.ofDays(28));
    assertThat(points()).hasSize(4);
  }

  @Test
  void aBackupThatFailsSaysWhy() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    aws.failBackups("Access denied.");
    backup.startBackupJob(r -> r.backupVaultName("vault").resourceArn(arn).iamRoleArn(ROLE));
    pass(Duration.ofMinutes(10));
    BackupJob job = backup.listBackupJobs(r -> r.byBackupVaultName("vault")).backupJobs().get(0);
    assertThat(job.stateAsString()).isEqualTo("FAILED");
    assertThat(job.statusMessage()).isEqualTo("Access denied.");
    assertThat(points()).isEmpty();
  }

  @Test
  void aRepeatedTokenStartsNothing() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    for (int i = 0; i < 2; i++) {
      backup.startBackupJob(
          r ->
              r.backupVaultName("vault")
                  .resourceArn(arn)
                  .iamRoleArn(ROLE)
                  .idempotencyToken("once"));
    }
    assertThat(backup.listBackupJobs(r -> r.byResourceArn(arn)).backupJobs()).hasSize(1);
  }

  @Test
  void aRoleThatBackupCannotActAsIsRefused() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    assertThatThrownBy(
            () ->
                backup.startBackupJob(
                    r ->
                        r.backupVaultName("vault")
                            .resourceArn(arn)
                            .iamRoleArn("arn:aws:iam::123456789012:role/fargate-operator-task")))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("cannot be assumed by AWS Backup");
  }

  @Test
  void whatIsThereAlreadyIsNamedAndTheSameRequestFindsItsPlan() {
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    assertThatThrownBy(() -> backup.createBackupVault(r -> r.backupVaultName("vault")))
        .isInstanceOfSatisfying(
            AlreadyExistsException.class,
            exists -> assertThat(exists.arn()).endsWith(":backup-vault:vault"));
    String plan = plan("cron(0 3 * * ? *)", "UTC");
    assertThat(plan("cron(0 3 * * ? *)", "UTC")).isEqualTo(plan);
    assertThat(backup.listBackupPlans().backupPlansList())
        .singleElement()
        .satisfies(
            listed -> {
              assertThat(listed.backupPlanName()).isEqualTo("daily");
              assertThat(backup.listTags(r -> r.resourceArn(listed.backupPlanArn())).tags())
                  .containsEntry("team", "data");
            });
  }

  @Test
  void whatIsInUseIsNotDeleted() {
    String arn = fileSystem();
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    String plan = plan("cron(0 3 * * ? *)", "UTC");
    String selection = select(plan, arn);
    assertThatThrownBy(() -> backup.deleteBackupPlan(r -> r.backupPlanId(plan)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("selections must be deleted");
    backup.deleteBackupSelection(r -> r.backupPlanId(plan).selectionId(selection));
    backup.deleteBackupPlan(r -> r.backupPlanId(plan));
    RecoveryPointByBackupVault point = backedUp(arn);
    assertThatThrownBy(() -> backup.deleteBackupVault(r -> r.backupVaultName("vault")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("contains recovery points");
    backup.deleteRecoveryPoint(
        r -> r.backupVaultName("vault").recoveryPointArn(point.recoveryPointArn()));
    assertThat(points().get(0).statusAsString()).isEqualTo("DELETING");
    pass(Duration.ofMinutes(2));
    backup.deleteBackupVault(r -> r.backupVaultName("vault"));
    assertThat(backup.listBackupVaults(r -> {}).backupVaultList()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFoundAndAVaultIsDenied() {
    assertThatThrownBy(() -> backup.getBackupPlan(r -> r.backupPlanId("none")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> backup.deleteBackupVault(r -> r.backupVaultName("none")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> backup.describeBackupVault(r -> r.backupVaultName("none")))
        .isInstanceOfSatisfying(
            BackupException.class,
            denied ->
                assertThat(denied.awsErrorDetails().errorCode())
                    .isEqualTo("AccessDeniedException"));
  }

  @Test
  void aScheduleThatAwsDoesNotKnowIsRefused() {
    backup.createBackupVault(r -> r.backupVaultName("vault"));
    for (String wrong :
        List.of(
            "0 3 * * *",
            "cron(0 3 * * *)",
            "cron(0 3 * * * *)",
            "cron(61 3 * * ? *)",
            "cron(0 3 ? * 0 *)")) {
      assertThatThrownBy(() -> plan(wrong, "UTC"))
          .as(wrong)
          .isInstanceOf(InvalidParameterValueException.class);
    }
    assertThatThrownBy(() -> plan("cron(0 3 * * ? *)", "Nowhere/Land"))
        .isInstanceOf(InvalidParameterValueException.class);
  }
}
