package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.RevisionStatus;
import dev.fargate.api.v1alpha1.app.DeploymentStatus;
import dev.fargate.api.v1alpha1.app.FailedRevision;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import java.util.List;
import java.util.Objects;

/** Which revision is asked for, which serves, which was good, which failed. */
final class Revisions {
  /** Enough to see a rollout and what it replaced (API.md). */
  private static final int DEPLOYMENTS = 5;

  private Revisions() {}

  static void fill(
      FargateAppStatus status, FargateAppStatus before, Look look, String requestedImage) {
    if (look.requestedTaskDefinition() != null) {
      status.desired = revision(look.requestedTaskDefinition(), requestedImage);
    }
    Rollout rollout = look.observed().rollout();
    status.serving = before.serving;
    status.lastGood = before.lastGood;
    if (rollout != null) {
      serving(status, before, rollout);
      status.deployments =
          rollout.deployments().stream().limit(DEPLOYMENTS).map(Revisions::deployment).toList();
      if (rollout.shift() != null && !rollout.deployments().isEmpty()) {
        status.deployments.get(0).stage = rollout.shift().stage();
      }
    }
    if (look.health().verdict() == Verdict.HEALTHY) {
      status.serving = status.desired;
      status.lastGood = status.desired;
    }
    digest(status.serving, before.serving, look);
    status.failed = failed(status, before, look);
    status.revision =
        status.serving == null ? null : RolloutHealth.revision(status.serving.taskDefinitionArn);
  }

  /**
   * The newest deployment that once completed or, before any did, has running tasks; where ECS has
   * moved all traffic to it, the one under way.
   */
  private static void serving(FargateAppStatus status, FargateAppStatus before, Rollout rollout) {
    if (rollout.shift() != null && (rollout.shift().isShifted() || rollout.shift().isGivenBack())) {
      Rollout.Deployment primary = rollout.deployments().get(0);
      status.serving = revision(primary.taskDefinitionArn(), image(primary, before));
      return;
    }
    rollout.deployments().stream()
        .filter(d -> "COMPLETED".equals(d.rolloutState()) && d.running() > 0)
        .findFirst()
        .or(() -> rollout.deployments().stream().skip(1).filter(Revisions::runs).findFirst())
        .ifPresent(d -> status.serving = revision(d.taskDefinitionArn(), image(d, before)));
  }

  /** One that ECS has given up has tasks until they are drained. */
  private static boolean runs(Rollout.Deployment deployment) {
    return deployment.running() > 0 && !"FAILED".equals(deployment.rolloutState());
  }

  /**
   * Adds what a tag resolved to: of the deployment at rest what this look knows, in a rollout what
   * was known of the revision that still serves.
   *
   * @param serving may be null
   */
  static void digest(RevisionStatus serving, RevisionStatus before, Look look) {
    if (serving == null || serving == before || named(serving.image) != null) {
      return;
    }
    Rollout.Deployment resting = Look.restingDeployment(look.observed().rollout()).orElse(null);
    boolean ofResting =
        resting != null && resting.taskDefinitionArn().equals(serving.taskDefinitionArn);
    if (ofResting) {
      serving.digest = look.imageDigest();
      serving.deployment = look.imageDigest() == null ? null : resting.id();
    } else if (before != null && serving.taskDefinitionArn.equals(before.taskDefinitionArn)) {
      serving.digest = before.digest;
      serving.deployment = before.deployment;
    }
  }

  private static String image(Rollout.Deployment deployment, FargateAppStatus before) {
    if (deployment.image() != null || before.serving == null) {
      return deployment.image();
    }
    return deployment.taskDefinitionArn().equals(before.serving.taskDefinitionArn)
        ? before.serving.image
        : null;
  }

  private static FailedRevision failed(
      FargateAppStatus status, FargateAppStatus before, Look look) {
    Verdict verdict = look.health().verdict();
    if (verdict == Verdict.ROLLED_BACK || verdict == Verdict.FAILED) {
      return failed(status.desired, look, before.failed);
    }
    // Remembered until the spec asks for something else, so that it is not tried again meanwhile.
    boolean stillRequested =
        before.failed != null
            && before.failed.taskDefinitionArn != null
            && before.failed.taskDefinitionArn.equals(look.requestedTaskDefinition());
    return stillRequested && verdict != Verdict.HEALTHY ? before.failed : null;
  }

  private static FailedRevision failed(RevisionStatus desired, Look look, FailedRevision before) {
    if (desired == null) {
      return before;
    }
    Cause cause = look.health().cause();
    FailedRevision failed = new FailedRevision();
    failed.taskDefinitionArn = desired.taskDefinitionArn;
    failed.image = desired.image;
    failed.digest = desired.digest == null ? pulled(desired, look, before) : desired.digest;
    failed.shortImage = desired.shortImage;
    if (cause != null) {
      failed.cause = cause.reason().text();
      failed.message = OneLine.of(cause.text());
    }
    return failed;
  }

  /** What failed tasks of the revision had pulled; stays known when ECS has forgotten them. */
  private static String pulled(RevisionStatus desired, Look look, FailedRevision before) {
    Rollout rollout = look.observed().rollout();
    return (rollout == null ? List.<Rollout.TaskFailure>of() : rollout.failures())
        .stream()
            .filter(task -> desired.taskDefinitionArn.equals(task.taskDefinitionArn()))
            .map(task -> desired.image == null ? null : task.imageDigests().get(desired.image))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(
                before != null && desired.taskDefinitionArn.equals(before.taskDefinitionArn)
                    ? before.digest
                    : null);
  }

  static RevisionStatus revision(String arn, String image) {
    RevisionStatus revision = new RevisionStatus();
    revision.taskDefinitionArn = arn;
    revision.image = image;
    revision.digest = named(image);
    revision.shortImage = ShortImage.of(image);
    return revision;
  }

  /** Null where the image is named by a tag. */
  private static String named(String image) {
    int at = image == null ? -1 : image.indexOf('@');
    return at < 0 ? null : image.substring(at + 1);
  }

  private static DeploymentStatus deployment(Rollout.Deployment deployment) {
    DeploymentStatus status = new DeploymentStatus();
    status.id = deployment.id();
    status.state = deployment.rolloutState();
    status.revision = RolloutHealth.revision(deployment.taskDefinitionArn());
    status.desired = deployment.desired();
    status.running = deployment.running();
    status.pending = deployment.pending();
    status.failed = deployment.failedTasks();
    status.reason = deployment.rolloutStateReason();
    status.createdTime =
        deployment.createdAt() == null ? null : SameStatus.time(deployment.createdAt());
    return status;
  }
}
