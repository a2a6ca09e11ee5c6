package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.stack.build.References;
import dev.fargate.operator.status.AppStatus;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.RolloutHealth;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.AppValidation;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The whole line for a FargateApp: validate, resolve references, build the stack, plan, apply,
 * status. One call is one look; nothing waits inside.
 */
public final class AppFlow {
  private final Settings settings;
  private final Clouds clouds;

  public AppFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.clouds = clouds;
  }

  /** One pass over a living object. */
  public Pass<FargateAppStatus> run(FargateApp app, Related related, Instant now) {
    List<Problem> problems = AppValidation.check(app);
    if (!problems.isEmpty()) {
      return waiting(app, now, Periods.SLOW, c -> WorkConditions.invalid(c, problems));
    }
    String environmentName = Environments.nameOf(app.getSpec().environment);
    FargateEnvironment environment = related.environment(environmentName).orElse(null);
    if (environment == null) {
      return missing(
          app,
          now,
          Environments.missing(
              environmentName, app.getStatus() != null && app.getStatus().environment != null));
    }
    String refusal =
        Places.refusal(
            environment,
            app.getMetadata().getNamespace(),
            related.namespaceLabels(app.getMetadata().getNamespace()));
    if (refusal != null) {
      return waiting(
          app,
          now,
          Periods.SLOW,
          c -> WorkConditions.stalled(c, Reason.ACCESS_NOT_ALLOWED, refusal));
    }
    Missing notReady = Places.missing(environment);
    if (notReady != null) {
      return missing(app, now, notReady);
    }
    AppReferences.Result references = AppReferences.resolve(app, related, Places.of(environment));
    if (!references.missing().isEmpty()) {
      return missing(app, now, references.missing().get(0));
    }
    Cloud cloud = clouds.of(environment);
    if (!cloud.ready()) {
      return waiting(
          app,
          now,
          Periods.ROLLOUT,
          c -> WorkConditions.notObserved(c, cloud.lastError().orElse(null)));
    }
    try {
      return carryOut(app, related, now, environment, references.references(), cloud);
    } catch (AwsFailure failure) {
      Reason reason = Progress.reason(failure.errorClass());
      return missing(app, now, new Missing(reason, failure.code() + ": " + failure.getMessage()));
    }
  }

  /** One pass over an object that is being deleted; needs no valid spec. */
  public Pass<FargateAppStatus> delete(FargateApp app, Related related, Instant now) {
    String environmentName =
        Environments.nameOf(app.getSpec() == null ? null : app.getSpec().environment);
    boolean retain =
        app.getSpec() != null && DeletionPolicy.RETAIN.equals(app.getSpec().deletionPolicy);
    return Deletion.run(
        new Deletion.Subject<>(
            owner(app),
            Inputs.forDeletion(retain),
            Annotations.isTrue(app, Annotations.FORCE_RELEASE),
            app.getStatus() == null ? List.of() : app.getStatus().resources,
            related.environment(environmentName).orElse(null),
            environmentName),
        clouds,
        settings,
        (reason, message, resources) -> {
          AppStatus status = new AppStatus(app, now).keepLastSeen();
          WorkConditions.deleting(status.conditions(), reason, message);
          return status.resources(resources).build(now);
        });
  }

  private Pass<FargateAppStatus> carryOut(
      FargateApp app,
      Related related,
      Instant now,
      FargateEnvironment environment,
      References references,
      Cloud cloud) {
    List<Missing> missing = new ArrayList<>();
    Place place =
        Places.in(Places.of(environment), app.getSpec().network, cloud.lookups(), missing);
    if (!missing.isEmpty()) {
      return missing(app, now, missing.get(0));
    }
    Stack stack = AppStack.build(owner(app), app, place, references);
    PlanOptions options = Inputs.forApp(app, place, related, settings.ownerId());
    boolean paused = Mode.PAUSED.equals(app.getSpec().mode);
    Line.Result result =
        paused
            ? Line.look(cloud, stack, options)
            : Line.run(cloud, stack, options, settings.leadershipHeld());
    Look look = Looks.of(stack, result, progressDeadline(app), now);
    AppStatus status = new AppStatus(app, now).saw(look, place, environment.getMetadata().getUid());
    WorkConditions.judge(
        status.conditions(),
        new WorkConditions.Facts(
            look,
            result.outcomes(),
            paused,
            wantsZero(look),
            status.staysReady(look),
            cloud.lastError().orElse(null)));
    boolean inRollout =
        look.health().verdict() != RolloutHealth.Verdict.HEALTHY || !result.settled();
    cloud.watchRollout(stack.owner(), inRollout);
    FargateAppStatus built = status.build(now);
    return new Pass<>(
        built,
        false,
        Looks.next(result, inRollout),
        Transitions.notes(conditions(app), built.conditions));
  }

  private static boolean wantsZero(Look look) {
    var rollout = look.observed().rollout();
    return rollout != null && rollout.desired() == 0;
  }

  private static Duration progressDeadline(FargateApp app) {
    var rollout = app.getSpec().rollout;
    Integer seconds = rollout == null ? null : rollout.progressDeadlineSeconds;
    return Duration.ofSeconds(seconds != null ? seconds : FieldDefaults.PROGRESS_DEADLINE_SECONDS);
  }

  private Pass<FargateAppStatus> missing(FargateApp app, Instant now, Missing missing) {
    Duration waited = Waits.since(conditions(app), now);
    boolean tooLong = waited.compareTo(progressDeadline(app)) > 0;
    return waiting(
        app,
        now,
        Periods.WAITING,
        c -> WorkConditions.missing(c, missing.reason(), missing.message(), tooLong));
  }

  private Pass<FargateAppStatus> waiting(
      FargateApp app, Instant now, Duration next, Consumer<Conditions> set) {
    AppStatus status = new AppStatus(app, now).keepLastSeen();
    set.accept(status.conditions());
    FargateAppStatus built = status.build(now);
    return new Pass<>(built, false, next, Transitions.notes(conditions(app), built.conditions));
  }

  private static List<Condition> conditions(FargateApp app) {
    return app.getStatus() == null ? List.of() : app.getStatus().conditions;
  }

  private Owner owner(FargateApp app) {
    return new Owner(
        settings.ownerId(),
        "FargateApp",
        app.getMetadata().getNamespace(),
        app.getMetadata().getName());
  }
}
