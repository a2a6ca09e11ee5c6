package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import java.util.List;
import java.util.Set;

/**
 * Ties target groups to load balancers: which groups a listener or rule may name, and what follows
 * for their targets when that changes.
 */
final class Wiring {
  private static final int MAX_GROUPS_PER_BALANCER = 100;

  private final Inventory inventory;
  private final HealthChecking health;
  private final Runnable changed;

  Wiring(Inventory inventory, HealthChecking health, Runnable changed) {
    this.inventory = inventory;
    this.health = health;
    this.changed = changed;
  }

  /** Refuses an action that names a group which this load balancer may not have. */
  void requireForwardable(Balancer balancer, Actions.Parsed action) {
    for (String arn : action.targetGroups()) {
      Group group = inventory.group(arn);
      boolean elsewhere = inventory.balancerOf(arn).map(holder -> holder != balancer).orElse(false);
      if (elsewhere) {
        throw new AwsException(
            "TargetGroupAssociationLimit",
            "The following target groups cannot be associated with more than one load balancer: "
                + arn);
      }
      if (!group.fixed.vpcId().equals(balancer.fixed.vpcId())) {
        throw ElbErrors.invalidConfiguration(
            "Target group '" + arn + "' is not in the load balancer's VPC");
      }
    }
    Set<String> used = inventory.groupsOn(balancer);
    used.addAll(action.targetGroups());
    if (used.size() > MAX_GROUPS_PER_BALANCER) {
      throw new AwsException(
          "TooManyUniqueTargetGroupsPerLoadBalancer",
          "You have reached the maximum number of unique target groups that you can associate"
              + " with a load balancer: "
              + MAX_GROUPS_PER_BALANCER);
    }
  }

  /** After any change of listeners or rules: begins and ends checking where that is due. */
  void refresh() {
    for (Group group : List.copyOf(inventory.groups.values())) {
      Balancer now = inventory.balancerOf(group.arn).orElse(null);
      if (now != group.balancer) {
        group.balancer = now;
        group.targets.values().stream()
            .filter(target -> !target.state.equals(Target.DRAINING))
            .forEach(target -> health.begin(group, target));
      }
    }
    changed.run();
  }

  /** After a change of a load balancer's zones: its targets may be in use now, or no longer. */
  void recheck(Balancer balancer) {
    for (Group group : inventory.groups.values()) {
      if (group.balancer == balancer) {
        group.targets.values().stream()
            .filter(target -> !target.state.equals(Target.DRAINING))
            .forEach(target -> health.rezone(group, target));
      }
    }
  }
}
