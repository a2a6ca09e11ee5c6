package dev.fargate.operator.flow;

import static java.util.stream.Collectors.joining;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Cause;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.Halt;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import dev.fargate.operator.status.SameStatus;
import dev.fargate.operator.status.StatusDraft;
import dev.fargate.operator.status.Unread;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.AlarmValidation;
import dev.fargate.operator.validate.Problem;
import dev.fargate.operator.validate.TagValidation;
import dev.fargate.operator.validate.access.AccessCheck;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The straight line for every kind that runs tasks: validate, find the environment, resolve
 * references, build the stack, plan, apply, status. One call is one look; nothing waits inside.
 */
final class WorkloadFlow {
  /** A message has 1,024 characters; three refusals with long values fit. */
  private static final int REFUSALS_SHOWN = 3;

  private final Settings settings;
  private final Clouds clouds;

  WorkloadFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.clouds = clouds;
  }

  /** What {@link #prepare} came to. */
  private sealed interface Prepared {}

  /** All is there to plan with. */
  private record Ready(
      FargateEnvironment environment, Place place, Cloud cloud, Stack stack, PlanOptions options)
      implements Prepared {}

  /**
   * It goes no further in this pass, and the conditions say why.
   *
   * @param why null: the status stays as it is
   */
  private record Stopped(Duration nextLook, Consumer<Conditions> why) implements Prepared {}

  /** One pass over a living object. */
  <S extends WorkloadStatus> Pass<S> run(Workload<S> workload, Related related, Instant now) {
    return keepingApproval(workload, related, onePass(workload, related, now));
  }

  /**
   * What was approved stands in the status alone, and the status that an old view of the object
   * leads to may lack it.
   */
  private static <S extends WorkloadStatus> Pass<S> keepingApproval(
      Workload<S> workload, Related related, Pass<S> pass) {
    boolean loses =
        Permission.isAsked(workload)
            && pass.status() != null
            && workload.status() != null
            && !SameStatus.same(pass.status(), workload.status())
            && !related.isNewest(workload.object());
    return loses ? Pass.unchanged(Periods.ROLLOUT) : pass;
  }

  private <S extends WorkloadStatus> Pass<S> onePass(
      Workload<S> workload, Related related, Instant now) {
    Prepared prepared;
    try {
      prepared = prepare(workload, related, now);
      if (prepared instanceof Ready ready) {
        return carryOut(workload, ready, related, now);
      }
    } catch (AwsFailure failure) {
      prepared = failed(workload, related, failure, now);
    } catch (OldView old) {
      return Pass.unchanged(Periods.ROLLOUT);
    } catch (Related.Refused refused) {
      // Only who gives rights in Kubernetes can mend that: a person is called at once.
      prepared =
          new Stopped(
              Periods.SLOW,
              c ->
                  WorkConditions.missing(
                      c, Reason.REFERENCE_UNREADABLE, refused.getMessage(), true));
    }
    Stopped stopped = (Stopped) prepared;
    if (stopped.why() == null) {
      return Pass.unchanged(stopped.nextLook());
    }
    StatusDraft<S> draft = workload.draft(now).keepLastSeen();
    Permission.of(workload).keep(draft);
    stopped.why().accept(draft.conditions());
    return pass(workload, draft, stopped.nextLook(), now);
  }

  /** What the object would do now; reads only. */
  <S extends WorkloadStatus> Preview<S> preview(
      Workload<S> workload, Related related, Instant now) {
    List<Problem> problems = workload.problems();
    if (!problems.isEmpty()) {
      return Preview.invalid(problems);
    }
    try {
      Prepared prepared = prepare(workload, related, now);
      if (prepared instanceof Ready ready) {
        Line.Result result = Line.lookClosely(ready.cloud(), ready.stack(), ready.options());
        Look look = Looks.of(ready.stack(), result, workload, Map.of(), null, now);
        String uid = ready.environment().getMetadata().getUid();
        S status = workload.draft(now).saw(look, ready.place(), uid).build(now);
        return Preview.of(result.plan(), status);
      }
      Conditions conditions = workload.draft(now).conditions();
      ((Stopped) prepared).why().accept(conditions);
      return Preview.waiting(
          Conditions.find(conditions.build(), ConditionType.READY).orElseThrow().getMessage());
    } catch (AwsFailure failure) {
      return Preview.waiting(failure(failure).message());
    } catch (Related.Refused refused) {
      return Preview.waiting(refused.getMessage());
    }
  }

  /** One pass over an object that is being deleted; needs no valid spec. */
  <S extends WorkloadStatus> Pass<S> delete(Workload<S> workload, Related related, Instant now) {
    String environment =
        Environments.nameOf(workload.spec() == null ? null : workload.spec().environment);
    Permission permission = Permission.toDelete(workload);
    Pass<S> pass =
        Deletion.run(
            new Deletion.Subject<>(
                workload.owner(),
                workload.deletionOptions(),
                Annotations.isTrue(workload.object(), Annotations.FORCE_RELEASE),
                workload.status() == null ? List.of() : workload.status().resources,
                related.environment(environment).orElse(null),
                environment,
                permission,
                Waits.deleting(workload.object(), now),
                () -> related.isNewest(workload.object())),
            clouds,
            settings,
            (reason, message, left, plan) -> {
              StatusDraft<S> draft = workload.draft(now).keepLastSeen();
              if (plan == null) {
                permission.keep(draft);
              } else {
                permission.show(draft, plan);
              }
              WorkConditions.deleting(draft.conditions(), reason, message);
              return draft.resources(left).build(now);
            });
    return keepingApproval(workload, related, pass);
  }

  /** Everything before planning. Each line that does not go on says what it waits for. */
  private Prepared prepare(Workload<?> workload, Related related, Instant now) {
    List<Problem> problems = workload.problems();
    if (!problems.isEmpty()) {
      return new Stopped(Periods.SLOW, c -> WorkConditions.invalid(c, problems));
    }
    String name = Environments.nameOf(workload.spec().environment);
    FargateEnvironment environment = related.environment(name).orElse(null);
    if (environment == null) {
      return missing(workload, Environments.missing(name, hasRun(workload)), now);
    }
    String namespace = workload.owner().namespace();
    String refusal = Places.refusal(environment, namespace, related);
    if (refusal != null) {
      return new Stopped(
          Periods.SLOW, c -> WorkConditions.stalled(c, Reason.ACCESS_NOT_ALLOWED, refusal));
    }
    Missing notReady =
        clouds
            .refusal(environment)
            .map(why -> new Missing(Reason.ENVIRONMENT_NOT_READY, Environments.says(name, why)))
            .orElseGet(() -> Places.missing(environment));
    if (notReady != null) {
      return missing(workload, notReady, now);
    }
    List<Problem> refusals = workload.refusals(environment);
    if (!refusals.isEmpty()) {
      return refused(workload, refusals);
    }
    List<Missing> missing = new ArrayList<>();
    Place place = Places.of(environment);
    Problem tags =
        TagValidation.check(
            workload.spec().tags,
            place.defaults() == null ? Map.of() : place.defaults().tags,
            name);
    if (tags != null) {
      return new Stopped(Periods.SLOW, c -> WorkConditions.invalid(c, List.of(tags)));
    }
    List<Problem> here =
        AlarmValidation.unheard(
            workload.spec().alarms, place.environment(), place.region(), place.topicArn());
    if (!here.isEmpty()) {
      return new Stopped(Periods.SLOW, c -> WorkConditions.invalid(c, here));
    }
    Workload.StackMaker wanted = workload.resolve(place, related, missing);
    if (!missing.isEmpty()) {
      return missing(workload, missing.get(0), now);
    }
    List<Problem> unfit = workload.problems(place);
    if (!unfit.isEmpty()) {
      return new Stopped(Periods.SLOW, c -> workload.tell(c, unfit));
    }
    Cloud cloud = clouds.of(environment);
    if (!cloud.ready()) {
      return notReady(workload, cloud);
    }
    Place chosen = Places.in(place, workload.network(), cloud.lookups(), missing);
    if (!missing.isEmpty()) {
      return missing(workload, missing.get(0), now);
    }
    refusals = AccessCheck.subnets(chosen.subnetIds(), place.subnetIds(), environment);
    if (!refusals.isEmpty()) {
      return refused(workload, refusals);
    }
    Stack stack = wanted.in(chosen, cloud.lookups(), missing);
    if (!missing.isEmpty()) {
      return missing(workload, missing.get(0), now);
    }
    return new Ready(environment, chosen, cloud, stack, workload.options(chosen, related));
  }

  /** The environment's owner may change what it allows at any time: what runs is left alone. */
  private static Stopped refused(Workload<?> workload, List<Problem> refusals) {
    int more = refusals.size() - REFUSALS_SHOWN;
    String message =
        refusals.stream().limit(REFUSALS_SHOWN).map(Problem::toString).collect(joining("; "))
            + (more > 0 ? "; and " + more + " more" : "")
            + (hasRun(workload) ? ". What runs already stays as it is." : ".");
    return new Stopped(
        Periods.SLOW, c -> WorkConditions.stalled(c, Reason.ACCESS_NOT_ALLOWED, message));
  }

  /** What an earlier process has seen stays as it is until AWS has been read, or cannot be. */
  private static Stopped notReady(Workload<?> workload, Cloud cloud) {
    if (!Waits.hasSeen(conditions(workload))) {
      return new Stopped(
          Periods.ROLLOUT, c -> WorkConditions.notObserved(c, cloud.lastError().orElse(null)));
    }
    return cloud
        .unreadable()
        .map(error -> new Stopped(Periods.ROLLOUT, c -> WorkConditions.stale(c, error)))
        .orElseGet(() -> new Stopped(Periods.ROLLOUT, null));
  }

  private <S extends WorkloadStatus> Pass<S> carryOut(
      Workload<S> workload, Ready ready, Related related, Instant now) {
    Cloud cloud = ready.cloud();
    Stack stack = ready.stack();
    AskedLook asked = AskedLook.of(workload.object(), workload.status());
    asked.read(cloud, stack, ready.options());
    Permission permission = Permission.of(workload);
    Line.Result result =
        Line.run(
            cloud,
            stack,
            ready.options(),
            permission,
            () -> related.isNewest(workload.object()) && related.isNewest(ready.environment()),
            settings.leadershipHeld());
    Halt halt = permission.halt(result.plan());
    Map<String, String> lastLogLines =
        LastLogLines.of(workload, result.observed(), cloud.lookups(), now);
    String imageDigest = ServingDigest.of(workload.status(), result.observed(), cloud.lookups());
    Look look = Looks.of(stack, result, workload, lastLogLines, imageDigest, now);
    Cause beside = workload.beside(look, ready.place(), cloud, settings);
    StatusDraft<S> draft =
        workload.draft(now).saw(look, ready.place(), ready.environment().getMetadata().getUid());
    permission.show(draft, result.plan());
    draft.answered(asked.answered());
    WorkConditions.judge(
        draft.conditions(),
        new WorkConditions.Facts(
            look,
            result.outcomes(),
            halt,
            workload.wantsZero(look),
            draft.staysReady(look),
            draft.drift(look),
            Looks.unread(cloud, now),
            beside));
    boolean working =
        halt == null
            ? look.health().verdict() != Verdict.HEALTHY || !result.settled()
            : Looks.inMotion(result);
    boolean again =
        working
            || beside != null
                && (beside.reason() == Reason.CREATING || beside.reason() == Reason.RESTORING);
    cloud.watchRollout(stack.owner(), again);
    Duration next =
        permission.isNew(result.plan())
            ? Periods.SOON
            : Looks.next(result, again, Waits.outOfStep(conditions(workload), now));
    S built = draft.build(now);
    List<Pass.Note> notes = Looks.notes(result, conditions(workload), built.conditions);
    notes.addAll(alarmNotes(workload, built));
    return new Pass<>(built, false, asked.next(next), notes);
  }

  private static Missing failure(AwsFailure failure) {
    return new Missing(
        Progress.reason(failure.errorClass()), failure.code() + ": " + failure.getMessage());
  }

  /**
   * A look-up that failed for a moment is no news about what has been looked at before; an AWS that
   * answers nobody for long is.
   */
  private Stopped failed(Workload<?> workload, Related related, AwsFailure failure, Instant now) {
    Missing missing = failure(failure);
    boolean seen =
        workload.status() != null
            && Objects.equals(
                workload.status().observedGeneration,
                workload.object().getMetadata().getGeneration());
    if (!seen || missing.reason() != Reason.AWS_UNAVAILABLE) {
      return missing(workload, missing, now);
    }
    return related
        .environment(Environments.nameOf(workload.spec().environment))
        .flatMap(environment -> Optional.ofNullable(Looks.unread(clouds.of(environment), now)))
        .filter(Unread::stale)
        .map(unread -> new Stopped(Periods.WAITING, c -> WorkConditions.stale(c, unread.said())))
        .orElseGet(() -> new Stopped(Periods.WAITING, null));
  }

  private static Stopped missing(Workload<?> workload, Missing missing, Instant now) {
    Duration waited = Waits.since(conditions(workload), missing, now);
    boolean tooLong = waited.compareTo(workload.progressDeadline()) > 0;
    return new Stopped(
        Periods.WAITING,
        c -> WorkConditions.missing(c, missing.reason(), missing.message(), tooLong));
  }

  private static <S extends WorkloadStatus> Pass<S> pass(
      Workload<S> workload, StatusDraft<S> draft, Duration next, Instant now) {
    S built = draft.build(now);
    List<Pass.Note> notes =
        new ArrayList<>(Transitions.notes(conditions(workload), built.conditions));
    notes.addAll(alarmNotes(workload, built));
    return new Pass<>(built, false, next, notes);
  }

  private static List<Pass.Note> alarmNotes(Workload<?> workload, WorkloadStatus built) {
    return AlarmTransitions.notes(
        workload.status() == null ? List.of() : workload.status().alarms, built.alarms);
  }

  private static boolean hasRun(Workload<?> workload) {
    return workload.status() != null && workload.status().environment != null;
  }

  private static List<Condition> conditions(Workload<?> workload) {
    return workload.status() == null ? List.of() : workload.status().conditions;
  }
}
