package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Clouds;
import dev.fargate.operator.apply.Lacking;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.EnvironmentStack;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.EnvironmentConditions;
import dev.fargate.operator.status.EnvironmentStatus;
import dev.fargate.operator.status.Prerequisites;
import dev.fargate.operator.status.Progress;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.Unread;
import dev.fargate.operator.status.WorkConditions;
import dev.fargate.operator.validate.EnvironmentValidation;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The whole line for a FargateEnvironment. */
public final class EnvironmentFlow {
  private final Settings settings;
  private final Clouds clouds;

  public EnvironmentFlow(Settings settings, Clouds clouds) {
    this.settings = settings;
    this.clouds = clouds;
  }

  /** One pass over a living object. */
  public Pass<FargateEnvironmentStatus> run(
      FargateEnvironment environment, Related related, Instant now) {
    List<Problem> problems = EnvironmentValidation.check(environment);
    if (!problems.isEmpty()) {
      return waiting(
          environment,
          related,
          List.of(),
          now,
          Periods.SLOW,
          c -> WorkConditions.invalid(c, problems));
    }
    Optional<String> refusal = clouds.refusal(environment);
    if (refusal.isPresent()) {
      return waiting(
          environment,
          related,
          List.of(),
          now,
          Periods.SLOW,
          c -> WorkConditions.stalled(c, Reason.INVALID_SPEC, refusal.get()));
    }
    Cloud cloud = clouds.of(environment);
    if (!cloud.ready()) {
      return notReady(environment, related, now, cloud);
    }
    try {
      return carryOut(environment, related, now, cloud);
    } catch (OldView old) {
      return Pass.unchanged(Periods.ROLLOUT);
    } catch (AwsFailure failure) {
      // A look-up of what the environment refers to failed; what is published stays.
      String message = failure.code() + ": " + failure.getMessage();
      Reason reason = Progress.reason(failure.errorClass());
      return waiting(
          environment,
          related,
          cloud.lacking(),
          now,
          reason == Reason.ACCESS_DENIED ? Periods.SLOW : Periods.WAITING,
          c -> {
            if (reason == Reason.ACCESS_DENIED || reason == Reason.INVALID_REQUEST) {
              WorkConditions.stalled(c, reason, message);
            } else if (reason == Reason.AWS_UNAVAILABLE) {
              EnvironmentConditions.unread(
                  c,
                  wasReady(environment),
                  Unread.of(message, cloud.observedAt().orElse(now), now));
            } else {
              WorkConditions.missing(c, reason, message, false);
            }
          });
    }
  }

  /** What the environment would do in AWS now; reads only. */
  public Preview<FargateEnvironmentStatus> preview(FargateEnvironment environment, Instant now) {
    List<Problem> problems = EnvironmentValidation.check(environment);
    if (!problems.isEmpty()) {
      return Preview.invalid(problems);
    }
    Optional<String> refusal = clouds.refusal(environment);
    if (refusal.isPresent()) {
      return Preview.waiting(refusal.get());
    }
    Cloud cloud = clouds.of(environment);
    if (!cloud.ready()) {
      return Preview.waiting("AWS cannot be read: " + cloud.lastError().orElse("not yet") + ".");
    }
    try {
      List<Missing> missing = new ArrayList<>();
      Cloud.Lookups lookups = cloud.lookups();
      EnvironmentReferences references =
          EnvironmentReferences.resolve(environment, lookups, missing);
      if (!missing.isEmpty()) {
        return Preview.waiting(missing.get(0).message());
      }
      Line.Result result =
          Line.look(cloud, stack(environment, references), Inputs.forEnvironment(environment));
      FargateEnvironmentStatus status =
          new EnvironmentStatus(environment, now)
              .saw(result.observed(), facts(lookups, references))
              .build(now);
      return Preview.of(result.plan(), Foreseen.in(environment, status));
    } catch (AwsFailure failure) {
      return Preview.waiting("AWS cannot be read: " + failure.code() + ": " + failure.getMessage());
    }
  }

  /** Waits while others use it, then deletes only what it created. */
  public Pass<FargateEnvironmentStatus> delete(
      FargateEnvironment environment, Related related, Instant now) {
    List<String> users = users(environment, related);
    if (!users.isEmpty()) {
      String message = "Still used by " + String.join(", ", users) + ".";
      EnvironmentStatus status =
          new EnvironmentStatus(environment, now).keepLastSeen().users(users);
      WorkConditions.deleting(status.conditions(), Reason.IN_USE, message);
      return new Pass<>(status.build(now), false, Periods.WAITING, List.of());
    }
    boolean retain =
        environment.getSpec() == null
            || !DeletionPolicy.DELETE.equals(environment.getSpec().deletionPolicy);
    Pass<FargateEnvironmentStatus> pass =
        Deletion.run(
            new Deletion.Subject<>(
                owner(environment),
                Inputs.forDeletion(retain),
                Annotations.isTrue(environment, Annotations.FORCE_RELEASE),
                environment.getStatus() == null ? List.of() : environment.getStatus().resources,
                environment,
                environment.getMetadata().getName(),
                Permission.everything(),
                Waits.deleting(environment, now),
                () -> related.isNewest(environment)),
            clouds,
            settings,
            (reason, message, resources, plan) -> {
              EnvironmentStatus status =
                  new EnvironmentStatus(environment, now).keepLastSeen().users(users);
              WorkConditions.deleting(status.conditions(), reason, message);
              return status.resources(resources).build(now);
            });
    if (pass.finished()) {
      clouds.forget(environment.getMetadata().getName());
    }
    return pass;
  }

  private static boolean anyPending(Observed observed) {
    return observed.resources().stream()
        .anyMatch(resource -> resource.lifecycle() == ObservedResource.Lifecycle.PENDING);
  }

  /** What an earlier process has seen stays as it is until AWS has been read, or cannot be. */
  private Pass<FargateEnvironmentStatus> notReady(
      FargateEnvironment environment, Related related, Instant now, Cloud cloud) {
    if (!Waits.hasSeen(conditions(environment))) {
      return waiting(
          environment,
          related,
          cloud.lacking(),
          now,
          Periods.ROLLOUT,
          c -> WorkConditions.notObserved(c, cloud.lastError().orElse(null)));
    }
    return cloud
        .unreadable()
        .map(
            error ->
                waiting(
                    environment,
                    related,
                    cloud.lacking(),
                    now,
                    Periods.ROLLOUT,
                    c -> WorkConditions.stale(c, error)))
        .orElseGet(() -> Pass.unchanged(Periods.ROLLOUT));
  }

  private Pass<FargateEnvironmentStatus> carryOut(
      FargateEnvironment environment, Related related, Instant now, Cloud cloud) {
    List<Missing> missing = new ArrayList<>();
    Cloud.Lookups lookups = cloud.lookups();
    String account = environment.getStatus() == null ? null : environment.getStatus().accountId;
    if (account != null && !account.equals(lookups.accountId())) {
      return waiting(
          environment,
          related,
          cloud.lacking(),
          now,
          Periods.SLOW,
          c ->
              WorkConditions.stalled(
                  c, Reason.CONFLICT, otherAccount(account, lookups.accountId())));
    }
    EnvironmentReferences references = EnvironmentReferences.resolve(environment, lookups, missing);
    if (!missing.isEmpty()) {
      Missing first = missing.get(0);
      boolean tooLong =
          Waits.since(conditions(environment), first, now).compareTo(Periods.REFERENCES) > 0;
      return waiting(
          environment,
          related,
          cloud.lacking(),
          now,
          Periods.WAITING,
          c -> WorkConditions.missing(c, first.reason(), first.message(), tooLong));
    }
    Stack stack = stack(environment, references);
    AskedLook asked = AskedLook.of(environment, environment.getStatus());
    asked.read(cloud, stack, Inputs.forEnvironment(environment));
    Line.Result result =
        Line.run(
            cloud,
            stack,
            Inputs.forEnvironment(environment, related),
            Permission.everything(),
            () -> related.isNewest(environment),
            settings.leadershipHeld());
    EnvironmentStatus status =
        new EnvironmentStatus(environment, now)
            .users(users(environment, related))
            .answered(asked.answered())
            .saw(result.observed(), facts(lookups, references));
    EnvironmentConditions.judge(
        status.conditions(),
        new EnvironmentConditions.Facts(
            result.observed(),
            result.plan(),
            result.outcomes(),
            status.compared(result.observed(), result.plan(), stack.digest()),
            status.wasReady(),
            Looks.unread(cloud, now)));
    Prerequisites.judge(
        status.conditions(),
        cloud.lacking(),
        WaysOut.of(environment.getSpec().network, references.subnets(), lookups));
    boolean working = !result.settled() || anyPending(result.observed());
    // Without it a load balancer that AWS is still making is looked at by the next sweep only.
    cloud.watchRollout(stack.owner(), working);
    FargateEnvironmentStatus built = status.build(now);
    return new Pass<>(
        built,
        false,
        asked.next(Looks.next(result, working, Waits.outOfStep(conditions(environment), now))),
        Looks.notes(result, conditions(environment), built.conditions));
  }

  private static String otherAccount(String account, String now) {
    return "The credentials lead to account "
        + now
        + ", but this environment is in account "
        + account
        + ": correct spec.assumeRole, or make another environment for the other account.";
  }

  Stack stack(FargateEnvironment environment, EnvironmentReferences references) {
    return EnvironmentStack.build(
        owner(environment), environment, references.subnets(), references.balancerSubnets());
  }

  static EnvironmentStatus.Facts facts(Cloud.Lookups lookups, EnvironmentReferences references) {
    return new EnvironmentStatus.Facts(
        lookups.accountId(),
        references.subnets(),
        references.clusterArn(),
        references.namespaceId(),
        references.existing());
  }

  private static List<String> users(FargateEnvironment environment, Related related) {
    String name = environment.getMetadata().getName();
    List<String> users = new ArrayList<>();
    related
        .appsIn(name)
        .forEach(
            a ->
                users.add(
                    "FargateApp/"
                        + a.getMetadata().getNamespace()
                        + "/"
                        + a.getMetadata().getName()));
    related
        .databasesIn(name)
        .forEach(
            d ->
                users.add(
                    "FargateDatabase/"
                        + d.getMetadata().getNamespace()
                        + "/"
                        + d.getMetadata().getName()));
    return users.stream().sorted().toList();
  }

  private Pass<FargateEnvironmentStatus> waiting(
      FargateEnvironment environment,
      Related related,
      List<Lacking> lacking,
      Instant now,
      Duration next,
      Consumer<Conditions> set) {
    EnvironmentStatus status =
        new EnvironmentStatus(environment, now).keepLastSeen().users(users(environment, related));
    Prerequisites.judge(status.conditions(), lacking, null);
    set.accept(status.conditions());
    FargateEnvironmentStatus built = status.build(now);
    return new Pass<>(
        built, false, next, Transitions.notes(conditions(environment), built.conditions));
  }

  /** Ready with the spec as it is now. */
  private static boolean wasReady(FargateEnvironment environment) {
    return Conditions.find(conditions(environment), ConditionType.READY)
        .filter(ready -> "True".equals(ready.getStatus()))
        .filter(
            ready ->
                environment.getMetadata().getGeneration().equals(ready.getObservedGeneration()))
        .isPresent();
  }

  private static List<Condition> conditions(FargateEnvironment environment) {
    return environment.getStatus() == null ? List.of() : environment.getStatus().conditions;
  }

  private Owner owner(FargateEnvironment environment) {
    return new Owner(
        settings.ownerId(), "FargateEnvironment", "", environment.getMetadata().getName());
  }
}
