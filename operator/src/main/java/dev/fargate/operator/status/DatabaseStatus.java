package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import java.time.Instant;

/** The status of a FargateDatabase, from what one pass saw. Pure. */
public final class DatabaseStatus extends StatusDraft<FargateDatabaseStatus> {
  private final FargateDatabase database;
  private final Instant now;

  public DatabaseStatus(FargateDatabase database, Instant now) {
    super(
        database.getMetadata(),
        database.getStatus() == null ? new FargateDatabaseStatus() : database.getStatus(),
        new FargateDatabaseStatus(),
        now);
    this.database = database;
    this.now = now;
  }

  @Override
  protected void keepOwn() {
    status.host = before.host;
    status.port = before.port;
    status.databaseName = before.databaseName;
    status.secretArn = before.secretArn;
    status.securityGroupId = before.securityGroupId;
    status.lastBackupTime = before.lastBackupTime;
    status.backup = before.backup;
    status.restore = before.restore;
  }

  /**
   * Host, secret and group are published as soon as they exist: an app waits for them, never for
   * this database's readiness.
   */
  @Override
  protected void sawOwn(Look look, Place place) {
    status.host = DatabaseStack.host(database.getSpec(), place);
    status.port = DatabaseStack.PORT;
    status.databaseName = database.getSpec().databaseName;
    status.secretArn = output(look, Ids.CREDENTIALS, Output.ARN);
    status.securityGroupId = output(look, Ids.TASK_GROUP, Output.ID);
    new BackupHealth(look, before, now).tell(database.getSpec().backup, status, conditions);
    status.restore = RestoreHealth.shown(look, before.restore, now);
    Rollout rollout = look.observed().rollout();
    status.running = rollout == null ? "0/1" : rollout.running() + "/" + rollout.desired();
    String image = DatabaseStack.image(database.getSpec());
    if (look.requestedTaskDefinition() != null) {
      status.desired = Revisions.revision(look.requestedTaskDefinition(), image);
    }
    boolean healthy = look.health().serves();
    status.serving = healthy ? status.desired : before.serving;
    Revisions.digest(status.serving, before.serving, look);
    boolean hasTask = rollout != null && !rollout.wantsNone();
    if (healthy && hasTask && look.has(Ids.DISCOVERY)) {
      conditions.isTrue(
          ConditionType.DNS_READY,
          Reason.REGISTERED,
          status.host + " resolves to the running task.");
    } else {
      conditions.isFalse(
          ConditionType.DNS_READY, Reason.CREATING, status.host + " has no healthy task yet.");
    }
  }

  /**
   * One task: ready means that this one serves; a replaced task is an interruption and is shown.
   */
  @Override
  public boolean staysReady(Look look) {
    Rollout rollout = look.observed().rollout();
    return look.health().verdict() != Verdict.CRASHING
        && Conditions.isTrue(before.conditions, ConditionType.READY)
        && before.serving != null
        && before.serving.taskDefinitionArn != null
        && before.serving.taskDefinitionArn.equals(look.requestedTaskDefinition())
        && rollout != null
        && rollout.running() >= 1;
  }

  private static String output(Look look, ResourceId id, Output output) {
    return look.observed().find(id).stream()
        .map(ObservedResource::outputs)
        .map(outputs -> outputs.get(output))
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
