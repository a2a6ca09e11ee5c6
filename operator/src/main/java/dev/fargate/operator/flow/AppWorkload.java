package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.app.FailedRevision;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.AppStatus;
import dev.fargate.operator.status.Cause;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.PublicNames;
import dev.fargate.operator.status.Reason;
import dev.fargate.operator.status.StatusDraft;
import dev.fargate.operator.validate.AppValidation;
import dev.fargate.operator.validate.Problem;
import dev.fargate.operator.validate.RoleValidation;
import dev.fargate.operator.validate.StrategyValidation;
import dev.fargate.operator.validate.access.AccessCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A FargateApp on the line. */
record AppWorkload(FargateApp object, Owner owner) implements Workload<FargateAppStatus> {
  AppWorkload(FargateApp object, String ownerId) {
    this(
        object,
        new Owner(
            ownerId,
            "FargateApp",
            object.getMetadata().getNamespace(),
            object.getMetadata().getName()));
  }

  @Override
  public FargateAppSpec spec() {
    return object.getSpec();
  }

  @Override
  public FargateAppStatus status() {
    return object.getStatus();
  }

  @Override
  public Cause failure(String taskDefinitionArn) {
    FailedRevision failed = status() == null ? null : status().failed;
    return failed == null
            || failed.taskDefinitionArn == null
            || !failed.taskDefinitionArn.equals(taskDefinitionArn)
        ? null
        : Cause.as(failed.cause, failed.message).orElse(null);
  }

  @Override
  public List<Problem> problems() {
    return AppValidation.check(object);
  }

  @Override
  public List<Problem> refusals(FargateEnvironment environment) {
    return AccessCheck.app(object, environment);
  }

  @Override
  public Network network() {
    return spec().network;
  }

  @Override
  public Iam iam() {
    return spec().iam;
  }

  @Override
  public Logs logs() {
    return spec().logs;
  }

  @Override
  public Duration progressDeadline() {
    var rollout = spec().rollout;
    Integer seconds = rollout == null ? null : rollout.progressDeadlineSeconds;
    return Duration.ofSeconds(seconds != null ? seconds : FieldDefaults.PROGRESS_DEADLINE_SECONDS);
  }

  @Override
  public StackMaker resolve(Place place, Related related, List<Missing> missing) {
    AppReferences.Result result = AppReferences.resolve(object, related, place);
    missing.addAll(result.missing());
    return (chosen, lookups, absent) -> AppStack.build(owner, object, chosen, result.references());
  }

  @Override
  public List<Problem> problems(Place place) {
    List<Problem> problems =
        new ArrayList<>(
            RoleValidation.execution(spec().iam, place.environment(), place.defaults()));
    problems.addAll(StrategyValidation.check(object, place));
    return problems;
  }

  @Override
  public PlanOptions options(Place place, Related related) {
    return Inputs.forApp(object, place, related, owner.ownerId());
  }

  @Override
  public PlanOptions deletionOptions() {
    return Inputs.forDeletion(
        spec() != null && DeletionPolicy.RETAIN.equals(spec().deletionPolicy));
  }

  @Override
  public boolean wantsZero(Look look) {
    var rollout = look.observed().rollout();
    return rollout != null && rollout.wantsNone();
  }

  /** Ready means that who asks for the app by its name is answered. */
  @Override
  public Cause beside(Look look, Place place, Cloud cloud, Settings settings) {
    List<String> waiting = PublicNames.waiting(AppStack.publicNames(object, place), look);
    return waiting.isEmpty() ? null : new Cause(Reason.CREATING, PublicNames.describe(waiting));
  }

  @Override
  public StatusDraft<FargateAppStatus> draft(Instant now) {
    return new AppStatus(object, now);
  }
}
