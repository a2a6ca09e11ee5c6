package dev.fargate.operator.flow;

import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Restore.Stage;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.MoveScript;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.RolloutHealth;
import dev.fargate.operator.status.TaskFields;
import dev.fargate.operator.status.Unread;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what the line did into what the status needs, and says when to look again. */
final class Looks {
  private Looks() {}

  /**
   * @param lastLogLines of failed tasks, as the status is to show them
   * @param imageDigest of the deployment at rest; null when not known
   */
  static Look of(
      Stack stack,
      Line.Result result,
      Workload<?> workload,
      Map<String, String> lastLogLines,
      String imageDigest,
      Instant now) {
    String requested =
        Inputs.requestedTaskDefinition(stack, result.plan(), result.observed().resources())
            .map(ObservedResource::outputs)
            .map(outputs -> outputs.get(Output.ARN))
            .orElse(null);
    TaskFields fields =
        TaskFields.of(
            workload.iam(), workload.network(), Environments.nameOf(workload.spec().environment));
    RolloutHealth health =
        RolloutHealth.of(
            result.observed(),
            new RolloutHealth.Asked(
                requested,
                result.failedRevisions(),
                workload.progressDeadline(),
                fields,
                workload.status() == null ? List.of() : workload.status().recentFailures,
                workload.failure(requested)),
            now);
    RolloutHealth told = result.plan().givenUp() ? health.givenUp() : health;
    return new Look(
        result.observed(),
        result.plan(),
        told,
        requested,
        stack.digest(),
        fields,
        lastLogLines,
        imageDigest,
        stack
            .find(Ids.ACCESS_POINT)
            .map(wanted -> ((AccessPoint) wanted).restore())
            .map(Restore::wish)
            .orElse(null));
  }

  /** Whether ECS is at work on its own, with nothing of ours to be written. */
  static boolean inMotion(Line.Result result) {
    Rollout rollout = result.observed().rollout();
    return rollout != null
        && (rollout.deployments().size() > 1 || rollout.running() != rollout.desired());
  }

  /** Since when AWS does not answer; null when it does. */
  static Unread unread(Cloud cloud, Instant now) {
    // A single sweep that failed is no news.
    return Unread.of(
        cloud.unread().flatMap(error -> cloud.lastError()).orElse(null),
        cloud.observedAt().orElse(now),
        now);
  }

  /** Events: what has turned, and what was taken over or brought back in this pass. */
  static List<Pass.Note> notes(Line.Result result, List<Condition> before, List<Condition> after) {
    List<Pass.Note> notes = new ArrayList<>(Transitions.notes(before, after));
    String adopted =
        result.outcomes().stream()
            .filter(Outcome.Done.class::isInstance)
            .map(Outcome::action)
            .filter(action -> action.verb() == Action.Verb.ADOPT)
            .map(action -> action.id() + " " + action.desired().physicalName())
            .collect(Collectors.joining(", "));
    if (!adopted.isEmpty()) {
      notes.add(new Pass.Note(false, Reason.ADOPTED.text(), "Taken over in AWS: " + adopted + "."));
    }
    result.outcomes().stream()
        .filter(Outcome.Done.class::isInstance)
        .map(outcome -> outcome.action().desired())
        .filter(AccessPoint.class::isInstance)
        .map(AccessPoint.class::cast)
        .filter(point -> point.progress() != null && point.progress().stage() == Stage.DONE)
        .map(Looks::restored)
        .forEach(notes::add);
    return notes;
  }

  private static Pass.Note restored(AccessPoint point) {
    Restore.Progress progress = point.progress();
    return new Pass.Note(
        false,
        Reason.RESTORED.text(),
        "The data is that of "
            + (progress.job() == null ? "the recovery point" : progress.job().recoveryPointArn())
            + " now; what was there before, if anything, is in "
            + MoveScript.before(point.path(), progress.jobId())
            + " of the file system "
            + point.fileSystemId()
            + ".");
  }

  /**
   * Soon after a write, every few seconds while work goes on, slowly when only a person helps.
   *
   * @param outOfStep how long AWS has not been as it is to be
   */
  static Duration next(Line.Result result, boolean working, Duration outOfStep) {
    if (Progress.stopping(result.outcomes()).isPresent()) {
      return Periods.SLOW;
    }
    if (result.changedMeanwhile() || result.wrote()) {
      return Periods.SOON;
    }
    return Backoff.after(result.outcomes(), outOfStep)
        .orElse(working ? Periods.ROLLOUT : Periods.STEADY);
  }
}
