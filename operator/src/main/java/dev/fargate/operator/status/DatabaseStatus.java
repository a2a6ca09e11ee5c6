package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.EnvironmentReference;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.OwnedResource;
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
import java.util.List;

/** The status of a FargateDatabase, from what one pass saw. Pure. */
public final class DatabaseStatus {
  private final FargateDatabase database;
  private final FargateDatabaseStatus before;
  private final FargateDatabaseStatus status = new FargateDatabaseStatus();
  private final Conditions conditions;

  public DatabaseStatus(FargateDatabase database, Instant now) {
    this.database = database;
    this.before = database.getStatus() == null ? new FargateDatabaseStatus() : database.getStatus();
    this.conditions =
        new Conditions(before.conditions, database.getMetadata().getGeneration(), now);
    status.observedGeneration = database.getMetadata().getGeneration();
  }

  public Conditions conditions() {
    return conditions;
  }

  /** Nothing could be looked at: keep what was last seen. */
  public DatabaseStatus keepLastSeen() {
    status.host = before.host;
    status.port = before.port;
    status.databaseName = before.databaseName;
    status.secretArn = before.secretArn;
    status.securityGroupId = before.securityGroupId;
    status.running = before.running;
    status.desired = before.desired;
    status.serving = before.serving;
    status.recentFailures = before.recentFailures;
    status.resources = before.resources;
    status.environment = before.environment;
    return this;
  }

  public DatabaseStatus resources(List<OwnedResource> resources) {
    status.resources = resources;
    return this;
  }

  /**
   * Fills in what the pass saw. Host, secret and group are published as soon as they exist: an app
   * waits for them, never for this database's readiness.
   */
  public DatabaseStatus saw(Look look, Place place, String environmentUid) {
    status.environment = new EnvironmentReference();
    status.environment.name = place.environment();
    status.environment.uid = environmentUid;
    status.host = DatabaseStack.host(database.getSpec(), place);
    status.port = DatabaseStack.PORT;
    status.databaseName = database.getSpec().databaseName;
    status.secretArn = output(look, Ids.CREDENTIALS, Output.ARN);
    status.securityGroupId = output(look, Ids.TASK_GROUP, Output.ID);
    status.resources = OwnedResources.of(look.observed());
    Rollout rollout = look.observed().rollout();
    status.running = rollout == null ? "0/1" : rollout.running() + "/" + rollout.desired();
    status.recentFailures = rollout == null ? List.of() : Revisions.failures(rollout.failures());
    String image = DatabaseStack.image(database.getSpec());
    if (look.requestedTaskDefinition() != null) {
      status.desired = Revisions.revision(look.requestedTaskDefinition(), image);
    }
    boolean healthy = look.health().verdict() == Verdict.HEALTHY;
    status.serving = healthy ? status.desired : before.serving;
    if (healthy && look.has(Ids.DISCOVERY)) {
      conditions.isTrue(
          ConditionType.DNS_READY,
          Reason.REGISTERED,
          status.host + " resolves to the running task.");
    } else {
      conditions.isFalse(
          ConditionType.DNS_READY, Reason.CREATING, status.host + " has no healthy task yet.");
    }
    return this;
  }

  /**
   * One task: ready means that this one serves; a replaced task is an interruption and is shown.
   */
  public boolean staysReady(Look look) {
    Rollout rollout = look.observed().rollout();
    return Conditions.isTrue(before.conditions, ConditionType.READY)
        && before.serving != null
        && before.serving.taskDefinitionArn != null
        && before.serving.taskDefinitionArn.equals(look.requestedTaskDefinition())
        && rollout != null
        && rollout.running() >= 1;
  }

  /**
   * @param now becomes lastObservedTime, unless the content is that of before
   */
  public FargateDatabaseStatus build(Instant now) {
    status.conditions = conditions.build();
    status.lastObservedTime = before.lastObservedTime;
    if (!SameStatus.same(status, before)) {
      status.lastObservedTime = SameStatus.time(now);
    }
    return status;
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
