package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Value;
import java.util.HashSet;
import java.util.List;

/**
 * What the deployment had asked for that ECS has gone back from, as its service revision says
 * (AWS-FACTS 4.7).
 *
 * @param taskDefinitionArn null where ECS keeps no revision of it: then it asked for nothing known
 * @param platformVersion resolved by ECS: {@code 1.4.0} also where {@code LATEST} was asked for
 */
public record RolledBack(
    String taskDefinitionArn,
    Service.Network network,
    List<Service.Target> loadBalancers,
    List<Value> registries,
    String platformVersion) {
  private static final String LATEST = "LATEST";

  /** A rollback from what ECS does not tell. */
  public static RolledBack unknown() {
    return new RolledBack(null, null, List.of(), List.of(), null);
  }

  /**
   * Whether it asked for what is wanted now.
   *
   * @param wanted with its references resolved
   */
  boolean askedFor(Service wanted) {
    return wanted.taskDefinitionArn().toString().equals(taskDefinitionArn)
        && network.subnets().equals(wanted.network().subnets())
        && same(network.securityGroups(), wanted.network().securityGroups())
        && network.assignPublicIp() == wanted.network().assignPublicIp()
        && same(withoutShift(loadBalancers), withoutShift(wanted.loadBalancers()))
        && same(registries, wanted.registries())
        && (wanted.platformVersion().equals(LATEST)
            || wanted.platformVersion().equals(platformVersion));
  }

  /** ECS may order them as it likes. */
  private static boolean same(List<?> some, List<?> others) {
    return new HashSet<>(some).equals(new HashSet<>(others));
  }

  /** How traffic is moved is no part of what failed. */
  private static List<Service.Target> withoutShift(List<Service.Target> targets) {
    return targets.stream()
        .map(
            target ->
                new Service.Target(
                    target.targetGroupArn(), target.containerName(), target.containerPort(), null))
        .toList();
  }
}
