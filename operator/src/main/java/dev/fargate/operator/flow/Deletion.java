package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.status.Halt;
import dev.fargate.operator.status.OwnedResources;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Deleting is planning the empty stack until nothing owned is left, verified by a sweep. Needs no
 * valid spec. Credentials are never guessed: without the environment it waits, unless a person
 * releases the object by annotation.
 */
final class Deletion {
  private Deletion() {}

  /**
   * What is deleted.
   *
   * @param known what the status lists, for the Event of a forced release
   * @param environment null when it is gone
   * @param going for how long it has been on its way out
   * @param newest whether this is the newest version of the object
   */
  record Subject<S>(
      Owner owner,
      PlanOptions options,
      boolean forceRelease,
      List<OwnedResource> known,
      FargateEnvironment environment,
      String environmentName,
      Permission permission,
      Duration going,
      BooleanSupplier newest) {}

  /** Writes the status of an object that is being deleted. */
  interface StatusWriter<S> {
    /**
     * @param plan what is left to do; null while nobody knows
     */
    S status(Reason reason, String message, List<OwnedResource> left, Plan plan);
  }

  static <S> Pass<S> run(
      Subject<S> subject, Clouds clouds, Settings settings, StatusWriter<S> writer) {
    if (subject.environment() == null) {
      return withoutEnvironment(subject, writer);
    }
    Optional<String> refusal = clouds.refusal(subject.environment());
    if (refusal.isPresent()) {
      return new Pass<>(
          writer.status(
              Reason.ENVIRONMENT_NOT_READY,
              Environments.says(subject.environmentName(), refusal.get()),
              subject.known(),
              null),
          false,
          Periods.SLOW,
          List.of());
    }
    Cloud cloud = clouds.of(subject.environment());
    if (!cloud.ready()) {
      String message =
          "AWS has not been read yet" + cloud.lastError().map(e -> ": " + e).orElse("") + ".";
      return new Pass<>(
          writer.status(Reason.NOT_OBSERVED, message, subject.known(), null),
          false,
          Periods.ROLLOUT,
          List.of());
    }
    Line.Result result;
    try {
      result =
          Line.run(
              cloud,
              Stack.empty(subject.owner()),
              subject.options(),
              subject.permission(),
              subject.newest(),
              settings.leadershipHeld());
    } catch (OldView old) {
      return Pass.unchanged(Periods.ROLLOUT);
    }
    if (result.plan().isEmpty() && result.plan().unread().isEmpty()) {
      cloud.watchRollout(subject.owner(), false);
      return new Pass<>(null, true, Periods.STEADY, kept(result));
    }
    Halt halt = subject.permission().halt(result.plan());
    if (halt != null) {
      cloud.watchRollout(subject.owner(), false);
      return new Pass<>(
          writer.status(
              halt.passing() ? Reason.DELETING : halt.reason(),
              halt.message(),
              OwnedResources.of(result.observed()),
              result.plan()),
          false,
          subject.permission().isNew(result.plan()) ? Periods.SOON : Periods.STEADY,
          List.of());
    }
    cloud.watchRollout(subject.owner(), true);
    String message =
        Progress.stopping(result.outcomes())
            .map(Progress::describe)
            .orElseGet(
                () ->
                    Progress.describe(result.plan())
                        + Progress.settling(result.outcomes())
                            .map(refused -> " " + Progress.describe(refused))
                            .orElse("")
                        + cloud
                            .lastError()
                            .map(error -> " AWS cannot be read: " + error)
                            .orElse(""));
    Reason reason =
        Progress.stopping(result.outcomes())
            .map(f -> Progress.reason(f.error()))
            .orElse(Reason.DELETING);
    return new Pass<>(
        writer.status(reason, message, OwnedResources.of(result.observed()), result.plan()),
        false,
        Looks.next(result, true, subject.going()),
        List.of());
  }

  private static <S> Pass<S> withoutEnvironment(Subject<S> subject, StatusWriter<S> writer) {
    if (subject.known().isEmpty()) {
      return new Pass<>(null, true, Periods.STEADY, List.of());
    }
    String left = subject.known().stream().map(LeftBehind::text).collect(Collectors.joining(", "));
    if (subject.forceRelease()) {
      return new Pass<>(
          null,
          true,
          Periods.STEADY,
          LeftBehind.notes(
              true,
              Reason.RELEASED,
              "Left behind in AWS",
              subject.known().stream().map(LeftBehind::text).toList()));
    }
    String message =
        "FargateEnvironment "
            + subject.environmentName()
            + " is gone, so there is no account to delete in. Apply it again, or annotate this object"
            + " fargate.dev/force-release=true to leave behind: "
            + left;
    return new Pass<>(
        writer.status(Reason.ENVIRONMENT_MISSING, message, subject.known(), null),
        false,
        Periods.SLOW,
        List.of());
  }

  /** With a retaining policy, Events list what stays. */
  private static List<Pass.Note> kept(Line.Result result) {
    return LeftBehind.notes(
        false,
        Reason.RETAINED,
        "Kept in AWS",
        OwnedResources.all(result.plan().kept()).stream().map(LeftBehind::text).toList());
  }
}
