package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.Capacity;
import dev.fargate.api.v1alpha1.CapacityType;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.app.CanaryShare;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.LinearSteps;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Service.Count;
import dev.fargate.operator.stack.Service.Deployment;
import dev.fargate.operator.stack.Service.Target;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;

/** The app's ECS service. */
final class AppService {
  /** Stop all, then start: nothing of the old may run beside the new. */
  static final Deployment STOP_THEN_START = new Deployment(0, 100, true, true, false);

  private AppService() {}

  static Service build(Owner owner, AppSpecView view) {
    FargateAppSpec spec = view.spec();
    List<Target> targets = new ArrayList<>();
    for (Ingress ingress : spec.ingresses) {
      targets.add(
          new Target(
              Value.ref(Ids.targetGroup(ingress.name), Output.ARN),
              view.containerName(),
              view.port(ingress),
              view.shiftsTraffic() ? shift(view, ingress) : null));
    }
    return new Service(
        Ids.SERVICE,
        Names.readable(owner, Ids.SERVICE),
        Value.known(view.place().clusterArn()),
        Value.ref(Ids.TASK_DEFINITION, Output.ARN),
        count(view),
        capacity(view),
        TaskNetwork.of(spec.network, view.place()),
        targets,
        spec.privateDns == null ? List.of() : List.of(Value.ref(Ids.DISCOVERY, Output.ARN)),
        deployment(owner, spec.rollout == null ? new Rollout() : spec.rollout),
        gracePeriod(spec, !targets.isEmpty()),
        or(spec.platformVersion, "LATEST"),
        "SERVICE",
        restartToken(view));
  }

  /** Validation has seen that there is one rule, and the role. */
  private static Service.Shift shift(AppSpecView view, Ingress ingress) {
    return new Service.Shift(
        Value.ref(Ids.alternateTargetGroup(ingress.name), Output.ARN),
        Value.ref(AppIngresses.rules(view, ingress).get(0).id(), Output.ARN),
        view.place().defaults().infrastructureRoleArn);
  }

  private static Count count(AppSpecView view) {
    FargateAppSpec spec = view.spec();
    if (view.autoscaled()) {
      return new Count(view.suspended() ? 0 : or(spec.autoscaling.minReplicas, 1), false);
    }
    return new Count(view.suspended() ? 0 : or(spec.replicas, 1), true);
  }

  private static List<Service.Capacity> capacity(AppSpecView view) {
    List<Capacity> asked = view.spec().capacity;
    if (asked.isEmpty() && view.place().defaults() != null) {
      asked = view.place().defaults().capacity;
    }
    return asked.stream()
        .map(
            capacity ->
                new Service.Capacity(
                    CapacityType.SPOT.equals(capacity.type) ? "FARGATE_SPOT" : "FARGATE",
                    or(capacity.weight, FieldDefaults.CAPACITY_WEIGHT),
                    or(capacity.base, 0)))
        .toList();
  }

  private static Deployment deployment(Owner owner, Rollout rollout) {
    return deployment(rollout)
        .endedBy(rollout.rollbackAlarms.stream().map(name -> Names.alarm(owner, name)).toList());
  }

  private static Deployment deployment(Rollout rollout) {
    boolean breaker =
        rollout.circuitBreaker == null || !Boolean.FALSE.equals(rollout.circuitBreaker.enabled);
    boolean rollback =
        breaker
            && (rollout.circuitBreaker == null
                || !Boolean.FALSE.equals(rollout.circuitBreaker.rollback));
    if (RolloutStrategy.RECREATE.equals(rollout.strategy)) {
      return new Deployment(0, 100, breaker, rollback, false);
    }
    if (RolloutStrategy.shiftsTraffic(rollout.strategy)) {
      // Neither the percentages nor the circuit breaker mean anything here (AWS-FACTS 4.4, 4.7).
      return new Deployment(
          FieldDefaults.MIN_HEALTHY_PERCENT,
          FieldDefaults.MAX_PERCENT,
          false,
          false,
          true,
          strategy(rollout),
          List.of());
    }
    int max = or(rollout.maxPercent, FieldDefaults.MAX_PERCENT);
    // Zone rebalancing starts before it stops, which needs room above 100 % (AWS-FACTS 4.1).
    return new Deployment(
        or(rollout.minHealthyPercent, FieldDefaults.MIN_HEALTHY_PERCENT),
        max,
        breaker,
        rollback,
        max > 100);
  }

  private static Service.Strategy strategy(Rollout rollout) {
    int bake = or(rollout.bakeTimeMinutes, FieldDefaults.BAKE_TIME_MINUTES);
    return switch (rollout.strategy) {
      case RolloutStrategy.LINEAR -> {
        LinearSteps linear = rollout.linear == null ? new LinearSteps() : rollout.linear;
        yield new Service.Strategy(
            "LINEAR",
            bake,
            (double) or(linear.stepPercent, FieldDefaults.LINEAR_STEP_PERCENT),
            or(linear.stepBakeMinutes, FieldDefaults.LINEAR_STEP_BAKE_MINUTES));
      }
      case RolloutStrategy.CANARY -> {
        CanaryShare canary = rollout.canary == null ? new CanaryShare() : rollout.canary;
        yield new Service.Strategy(
            "CANARY",
            bake,
            (double) or(canary.percent, FieldDefaults.CANARY_PERCENT),
            or(canary.bakeMinutes, FieldDefaults.CANARY_BAKE_MINUTES));
      }
      default -> new Service.Strategy("BLUE_GREEN", bake, null, null);
    };
  }

  private static int gracePeriod(FargateAppSpec spec, boolean balanced) {
    Integer asked = spec.rollout == null ? null : spec.rollout.healthCheckGracePeriodSeconds;
    return asked != null ? asked : balanced ? FieldDefaults.HEALTH_CHECK_GRACE_PERIOD_SECONDS : 0;
  }

  /** The newer of the field and the annotation; they are compared as text, as timestamps sort. */
  private static String restartToken(AppSpecView view) {
    var annotations = view.app().getMetadata().getAnnotations();
    String annotated = annotations == null ? null : annotations.get(Annotations.RESTARTED_AT);
    String field = view.spec().restartedAt;
    if (annotated == null || field == null) {
      return annotated == null ? field : annotated;
    }
    return annotated.compareTo(field) > 0 ? annotated : field;
  }
}
