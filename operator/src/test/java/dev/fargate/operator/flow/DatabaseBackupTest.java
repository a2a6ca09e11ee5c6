package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.model.BackupRule;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;

/** AWS Backup of a database, in virtual time. The world begins at 08:00 UTC. */
class DatabaseBackupTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);
  private static final String NAME = "phoenix-db";
  private static final String ROLE = "arn:aws:iam::123456789012:role/fargate-operator-backup";

  private final VirtualWorld world = new VirtualWorld();
  private final Leftovers account = new Leftovers(world.aws);
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void start() {
    world.apply(environment, database);
    untilReady();
  }

  private void untilReady() {
    world.run(Duration.ofSeconds(5));
    world.runUntil("it is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", NAME));
    world.run(Duration.ofMinutes(2));
  }

  /** Time in which nobody looks: AWS goes on alone. */
  private void pass(Duration time) {
    world.aws.clock().advance(time);
    world.run(Duration.ofMinutes(3));
  }

  private void backUpNow(String value) {
    world.annotate("FargateDatabase", NAME, "fargate.dev/backup", value);
    world.run(Duration.ofMinutes(10));
  }

  private void delete() {
    world.delete("FargateDatabase", NAME);
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateDatabase", NAME));
  }

  private List<String> vaults() {
    return account.backup.listBackupVaults(r -> {}).backupVaultList().stream()
        .map(vault -> vault.backupVaultName())
        .toList();
  }

  private List<RecoveryPointByBackupVault> points() {
    return account
        .backup
        .listRecoveryPointsByBackupVault(r -> r.backupVaultName(vaults().get(0)))
        .recoveryPoints();
  }

  private String plan() {
    return account.backup.listBackupPlans(r -> {}).backupPlansList().get(0).backupPlanId();
  }

  private BackupRule rule() {
    return account.backup.getBackupPlan(r -> r.backupPlanId(plan())).backupPlan().rules().get(0);
  }

  private Condition healthy() {
    return world.condition("FargateDatabase", NAME, ConditionType.BACKUP_HEALTHY).orElseThrow();
  }

  private void assertHealthy(String status, Reason reason, String says) {
    assertThat(healthy().getStatus()).as(healthy().getMessage()).isEqualTo(status);
    assertThat(healthy().getReason()).isEqualTo(reason.text());
    assertThat(healthy().getMessage()).contains(says);
  }

  @Test
  void awsBackupIsToldTheScheduleTheRetentionTheRoleAndTheFileSystem() {
    database.getSpec().backup.schedule = "30 2 * * 1-5";
    database.getSpec().backup.timeZone = "Europe/Berlin";
    start();
    assertThat(vaults()).hasSize(1);
    assertThat(rule().scheduleExpression()).isEqualTo("cron(30 2 ? * MON,TUE,WED,THU,FRI *)");
    assertThat(rule().scheduleExpressionTimezone()).isEqualTo("Europe/Berlin");
    assertThat(rule().lifecycle().deleteAfterDays()).isEqualTo(7);
    assertThat(rule().targetBackupVaultName()).isEqualTo(vaults().get(0));
    var selection =
        account
            .backup
            .getBackupSelection(
                r ->
                    r.backupPlanId(plan())
                        .selectionId(
                            account
                                .backup
                                .listBackupSelections(l -> l.backupPlanId(plan()))
                                .backupSelectionsList()
                                .get(0)
                                .selectionId()))
            .backupSelection();
    assertThat(selection.iamRoleArn()).isEqualTo(ROLE);
    assertThat(selection.resources())
        .containsExactly(account.efs.describeFileSystems().fileSystems().get(0).fileSystemArn());
  }

  @Test
  void aBackupIsMadeByTheScheduleAndShownAndNoneIsMissedBeforeItIsDue() {
    start();
    assertHealthy("True", Reason.BACKUP_SCHEDULED, "the next is due at 2026-11-22T03:00:00Z");
    pass(Duration.ofHours(20));
    assertHealthy("True", Reason.BACKED_UP, "is of 2026-11-22T03:00:00Z");
    var status = world.database(NAME).getStatus();
    assertThat(status.lastBackupTime).isEqualTo("2026-11-22T03:00:00Z");
    assertThat(status.backup.vaultName).isEqualTo(vaults().get(0));
    assertThat(status.backup.recoveryPoints)
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.arn).isEqualTo(points().get(0).recoveryPointArn());
              assertThat(point.expires).isEqualTo("2026-11-29T03:00:00Z");
            });
  }

  @Test
  void aSecondLookWritesNothing() {
    start();
    backUpNow("one");
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.statusWrites).isZero();
  }

  @Test
  void aBackupThatDoesNotComeIsOverdueOnceItHasHadItsTime() {
    start();
    database.getSpec().mode = Mode.PAUSED;
    world.apply(database);
    account.backup.updateBackupPlan(
        r ->
            r.backupPlanId(plan())
                .backupPlan(
                    p ->
                        p.backupPlanName("paused by somebody")
                            .rules(
                                rule ->
                                    rule.ruleName("never")
                                        .targetBackupVaultName(vaults().get(0)))));
    pass(Duration.ofHours(26));
    assertThat(healthy().getStatus()).isEqualTo("True");
    pass(Duration.ofHours(2));
    assertHealthy("False", Reason.BACKUP_OVERDUE, "due at 2026-11-22T03:00:00Z has not come");
    assertThat(world.events).anyMatch(e -> e.reason().equals(Reason.BACKUP_OVERDUE.text()));
  }

  @Test
  void aBackupThatFailsIsToldInAwsWordsUntilOneSucceeds() {
    start();
    world.aws.failBackups("IAM Role " + ROLE + " does not have sufficient permissions.");
    backUpNow("first");
    assertHealthy("False", Reason.BACKUP_FAILED, "does not have sufficient permissions");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(world.events).anyMatch(e -> e.reason().equals(Reason.BACKUP_FAILED.text()));
    world.aws.failBackups(null);
    backUpNow("second");
    assertHealthy("True", Reason.BACKED_UP, "is of 2026-11-21T08:");
  }

  @Test
  void anotherScheduleIsNoMissedBackup() {
    start();
    pass(Duration.ofHours(22));
    database.getSpec().backup.schedule = "0 5 * * *";
    world.apply(database);
    pass(Duration.ofHours(10));
    assertHealthy("True", Reason.BACKED_UP, "the next is due at 2026-11-23T05:00:00Z");
  }

  @Test
  void theAnnotationMakesOneBackupPerValueWhateverIsForgotten() {
    start();
    backUpNow("Mon Nov 21 09:00:00 CET 2026 (before the change)");
    assertThat(points()).hasSize(1);
    world.database(NAME).setStatus(null);
    world.restartOperator();
    world.run(Duration.ofMinutes(20));
    assertThat(points()).hasSize(1);
    backUpNow("again");
    assertThat(points()).hasSize(2);
    assertThat(points()).allMatch(point -> point.lifecycle().deleteAfterDays() == 7);
  }

  @Test
  void aLostAnswerMakesNoSecondBackup() {
    start();
    world.aws.faults().on("backup:StartBackupJob").times(1).loseResponse();
    world.aws.faults().on("backup:TagResource").times(1).fail("ServiceUnavailableException", "now");
    backUpNow("one");
    assertThat(points()).hasSize(1);
  }

  @Test
  void underRetainVaultAndRecoveryPointsStayAndAreFoundAgain() {
    database.getSpec().deletionPolicy = DeletionPolicy.RETAIN;
    start();
    backUpNow("one");
    String point = points().get(0).recoveryPointArn();
    delete();
    assertThat(account.all())
        .anyMatch(left -> left.startsWith("backup vault "))
        .noneMatch(left -> left.startsWith("backup plan "))
        .noneMatch(left -> left.startsWith("backup selection "));
    assertThat(world.events)
        .anyMatch(
            note ->
                note.reason().equals(Reason.RETAINED.text())
                    && note.message().contains("BackupVault arn:aws:backup:"));
    world.restartOperator();
    world.forgetCalls();
    world.apply(database);
    untilReady();
    assertThat(world.awsWrites())
        .contains("backup:CreateBackupPlan", "backup:CreateBackupSelection")
        .doesNotContain("backup:CreateBackupVault", "backup:StartBackupJob");
    assertThat(world.database(NAME).getStatus().backup.recoveryPoints)
        .singleElement()
        .satisfies(kept -> assertThat(kept.arn).isEqualTo(point));
  }

  @Test
  void underDeleteThePlanSaysWhatIsLostAndNothingIsLeft() {
    start();
    backUpNow("one");
    backUpNow("two");
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.delete("FargateDatabase", NAME);
    world.run(Duration.ofMinutes(2));
    assertThat(world.database(NAME).getStatus().plan.actions)
        .filteredOn(action -> action.resource.equals("BackupVault/data"))
        .singleElement()
        .satisfies(
            action -> {
              assertThat(action.losesData).isTrue();
              assertThat(action.why).isEqualTo("deletes the 2 recovery points in it first");
            });
    assertThat(points()).hasSize(2);
    world.database(NAME).getSpec().mode = Mode.APPLY;
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateDatabase", NAME));
    assertThat(account.all()).noneMatch(left -> left.contains("phoenix-db"));
    assertThat(vaults()).isEmpty();
  }

  @Test
  void withoutBackupTheScheduleEndsAndWhatWasMadeStays() {
    start();
    backUpNow("one");
    database.getSpec().backup = null;
    world.apply(database);
    untilReady();
    assertThat(points()).hasSize(1);
    assertThat(account.backup.listBackupPlans(r -> {}).backupPlansList()).isEmpty();
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.BACKUP_HEALTHY)).isEmpty();
    assertThat(world.database(NAME).getStatus().backup.count).isEqualTo(1);
  }

  @Test
  void anotherRoleIsAnotherSelectionAndAnotherNameAnotherVault() {
    environment.getSpec().access.backupRoleArns = List.of(ROLE);
    environment.getSpec().defaults.backupRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-task";
    world.apply(environment, database);
    world.runUntil(
        "the role is refused",
        LONG_ENOUGH,
        () ->
            world
                .condition("FargateDatabase", NAME, ConditionType.STALLED)
                .filter(c -> c.getReason().equals(Reason.BACKUP_ROLE_UNUSABLE.text()))
                .isPresent());
    assertHealthy("False", Reason.BACKUP_ROLE_UNUSABLE, "cannot be assumed by AWS Backup");
    database.getSpec().backup.roleArn = ROLE;
    world.apply(database);
    untilReady();
    backUpNow("one");
    String old = vaults().get(0);
    database.getSpec().backup.vaultName = "phoenix";
    world.apply(database);
    untilReady();
    assertThat(vaults()).containsExactlyInAnyOrder(old, "phoenix");
    assertThat(rule().targetBackupVaultName()).isEqualTo("phoenix");
    assertThat(world.database(NAME).getStatus().backup.count).isEqualTo(1);
    delete();
    assertThat(vaults()).isEmpty();
  }

  @Test
  void withoutARoleItSaysWhereToNameOne() {
    environment.getSpec().defaults.backupRoleArn = null;
    world.apply(environment, database);
    world.run(Duration.ofMinutes(5));
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.STALLED))
        .hasValueSatisfying(
            stalled ->
                assertThat(stalled.getMessage())
                    .startsWith("spec.backup.roleArn: nobody could make the backup")
                    .contains("defaults.backupRoleArn of FargateEnvironment phoenix"));
    assertHealthy("False", Reason.BACKUP_ROLE_UNUSABLE, "spec.backup.roleArn");
  }

  @Test
  void aVaultOfOthersIsAConflictAndNeverTouched() {
    account.backup.createBackupVault(r -> r.backupVaultName("theirs"));
    database.getSpec().backup.vaultName = "theirs";
    world.apply(environment, database);
    world.run(Duration.ofMinutes(10));
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.CONFLICT))
        .hasValueSatisfying(
            conflict ->
                assertThat(conflict.getMessage()).contains("BackupVault/data theirs is held by"));
    delete();
    assertThat(vaults()).containsExactly("theirs");
  }

  @Test
  void whatSomebodyChangedIsPutBackAndWhatTheyAddedStays() {
    start();
    String vault = vaults().get(0);
    account.backup.updateBackupPlan(
        r ->
            r.backupPlanId(plan())
                .backupPlan(
                    p ->
                        p.backupPlanName(
                                account
                                    .backup
                                    .listBackupPlans(l -> {})
                                    .backupPlansList()
                                    .get(0)
                                    .backupPlanName())
                            .rules(
                                rule ->
                                    rule.ruleName("rarely")
                                        .targetBackupVaultName(vault)
                                        .scheduleExpression("cron(0 3 1 * ? *)"))));
    account.backup.tagResource(
        r ->
            r.resourceArn(
                    account
                        .backup
                        .listBackupVaults(l -> {})
                        .backupVaultList()
                        .get(0)
                        .backupVaultArn())
                .tags(java.util.Map.of("cost", "42")));
    world.run(Duration.ofMinutes(5));
    assertThat(rule().scheduleExpression()).isEqualTo("cron(0 3 * * ? *)");
    assertThat(rule().ruleName()).isEqualTo("schedule");
    assertThat(
            account
                .backup
                .listTags(
                    r ->
                        r.resourceArn(
                            account
                                .backup
                                .listBackupVaults(l -> {})
                                .backupVaultList()
                                .get(0)
                                .backupVaultArn()))
                .tags())
        .containsEntry("cost", "42");
  }
}
