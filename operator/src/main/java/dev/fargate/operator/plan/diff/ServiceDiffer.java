package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Service;
import java.util.List;
import java.util.Set;

/**
 * What each change does: AWS-FACTS 4.1. Under autoscaling the count belongs to the scaling (C5).
 */
final class ServiceDiffer implements Differ<Service> {
  @Override
  public Class<Service> type() {
    return Service.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of(
        "count",
        "capacity",
        "platformVersion",
        "healthCheckGracePeriodSeconds",
        "propagateTags",
        "deployment.minHealthyPercent",
        "deployment.maxPercent",
        "deployment.circuitBreaker",
        "deployment.rollback",
        "deployment.rollbackAlarms");
  }

  @Override
  public void compare(Service actual, Service wanted, Changes changes) {
    changes
        .field("name", actual.name(), wanted.name(), Effect.REPLACE)
        .field("clusterArn", actual.clusterArn(), wanted.clusterArn(), Effect.REPLACE)
        .field(
            "taskDefinitionArn",
            actual.taskDefinitionArn(),
            wanted.taskDefinitionArn(),
            Effect.DEPLOYMENT);
    if (wanted.count().managed()) {
      changes.field("count", actual.count().desired(), wanted.count().desired(), Effect.IN_PLACE);
    }
    compare(actual.network(), wanted.network(), changes);
    changes
        // ECS takes it with a forced deployment only (AWS-FACTS 4.1).
        .set("capacity", shares(actual.capacity()), shares(wanted.capacity()), Effect.DEPLOYMENT)
        .set(
            "loadBalancers",
            texts(actual.loadBalancers()),
            texts(wanted.loadBalancers()),
            Effect.DEPLOYMENT)
        .set("registries", actual.registries(), wanted.registries(), Effect.DEPLOYMENT)
        .field(
            "platformVersion",
            actual.platformVersion(),
            wanted.platformVersion(),
            Effect.DEPLOYMENT);
    compare(actual.deployment(), wanted.deployment(), changes);
    changes
        .field(
            "healthCheckGracePeriodSeconds",
            actual.healthCheckGracePeriodSeconds(),
            wanted.healthCheckGracePeriodSeconds(),
            Effect.IN_PLACE)
        .field("propagateTags", actual.propagateTags(), wanted.propagateTags(), Effect.IN_PLACE);
    // Taking the wish for a restart back restarts nothing.
    if (wanted.restartToken() != null) {
      changes.field(
          "restartToken", actual.restartToken(), wanted.restartToken(), Effect.DEPLOYMENT);
    }
  }

  private static void compare(Service.Network actual, Service.Network wanted, Changes changes) {
    changes
        .set("network.subnets", actual.subnets(), wanted.subnets(), Effect.DEPLOYMENT)
        .set(
            "network.securityGroups",
            actual.securityGroups(),
            wanted.securityGroups(),
            Effect.DEPLOYMENT)
        .field(
            "network.assignPublicIp",
            actual.assignPublicIp(),
            wanted.assignPublicIp(),
            Effect.DEPLOYMENT);
  }

  private static void compare(
      Service.Deployment actual, Service.Deployment wanted, Changes changes) {
    changes
        .field(
            "deployment.minHealthyPercent",
            actual.minHealthyPercent(),
            wanted.minHealthyPercent(),
            Effect.IN_PLACE)
        .field("deployment.maxPercent", actual.maxPercent(), wanted.maxPercent(), Effect.IN_PLACE)
        .field(
            "deployment.circuitBreaker",
            actual.circuitBreaker(),
            wanted.circuitBreaker(),
            Effect.IN_PLACE)
        .field("deployment.rollback", actual.rollback(), wanted.rollback(), Effect.IN_PLACE)
        .set(
            "deployment.rollbackAlarms",
            actual.rollbackAlarms(),
            wanted.rollbackAlarms(),
            Effect.IN_PLACE)
        .field(
            "deployment.zoneRebalancing",
            actual.zoneRebalancing(),
            wanted.zoneRebalancing(),
            Effect.IN_PLACE);
    Service.Strategy before = actual.strategy();
    Service.Strategy after = wanted.strategy();
    changes
        .field("deployment.strategy", before.name(), after.name(), Effect.IN_PLACE)
        .field("deployment.bakeMinutes", before.bakeMinutes(), after.bakeMinutes(), Effect.IN_PLACE)
        .field("deployment.percent", before.percent(), after.percent(), Effect.IN_PLACE)
        .field(
            "deployment.stepMinutes", before.stepMinutes(), after.stepMinutes(), Effect.IN_PLACE);
  }

  private static List<String> shares(List<Service.Capacity> capacity) {
    return capacity.stream()
        .map(c -> c.provider() + " weight " + c.weight() + " base " + c.base())
        .toList();
  }

  private static List<String> texts(List<Service.Target> targets) {
    return targets.stream()
        .map(
            t ->
                t.targetGroupArn()
                    + " "
                    + t.containerName()
                    + ":"
                    + t.containerPort()
                    + shift(t.shift()))
        .toList();
  }

  private static String shift(Service.Shift shift) {
    return shift == null
        ? ""
        : ", or "
            + shift.alternateTargetGroupArn()
            + " by "
            + shift.productionRuleArn()
            + " as "
            + shift.roleArn();
  }
}
