package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The weights of the production listener rules: ECS writes them, as the infrastructure role, and
 * nobody else should (AWS-FACTS 4.7). Of each pair of target groups one has the deployment that
 * serves, and the next deployment gets the other.
 */
final class TrafficWeights {
  private static final int ALL = 100;

  private final TargetGroups targetGroups;
  private final Predicate<String> roleExists;

  TrafficWeights(TargetGroups targetGroups, Predicate<String> roleExists) {
    this.targetGroups = targetGroups;
    this.roleExists = roleExists;
  }

  /**
   * Where a deployment's tasks are registered: beside those that serve while they roll, else in the
   * other group of the pair.
   *
   * @param blue the deployment that serves; null when there is none
   */
  static List<Struct> targets(Revision revision, DeploymentStrategy strategy, Deployment blue) {
    return revision.loadBalancers().stream()
        .map(entry -> target(entry, strategy.shifts(), blue))
        .toList();
  }

  private static Struct target(Struct entry, boolean shifts, Deployment blue) {
    if (blue == null || !entry.has("advancedConfiguration")) {
      return entry;
    }
    // That a rolling deployment stays in the group that serves is UNVERIFIED.
    boolean alternate = shifts ? has(blue, group(entry)) : has(blue, other(entry));
    return alternate ? entry.copy().with("targetGroupArn", other(entry)) : entry;
  }

  private static boolean has(Deployment deployment, String group) {
    return deployment.targets.stream().anyMatch(entry -> group(entry).equals(group));
  }

  private static String group(Struct entry) {
    return entry.required("targetGroupArn");
  }

  private static String other(Struct entry) {
    return entry.struct("advancedConfiguration").orElseThrow().required("alternateTargetGroupArn");
  }

  /** Lets a deployment have this share; whether ELB and IAM let ECS do so. */
  boolean share(Service service, Deployment green, int percent) {
    try {
      for (Struct entry : green.revision.loadBalancers()) {
        write(entry, has(green, group(entry)) ? percent : ALL - percent);
      }
      green.share = percent;
      return true;
    } catch (AwsException refused) {
      if (!green.reportedRefusal) {
        green.reportedRefusal = true;
        service.event("was unable to update the listener rule. Reason: " + refused.getMessage());
      }
      return false;
    }
  }

  /** All traffic goes back to the deployment that had it. */
  void giveBack(Service service, Deployment green, Deployment blue) {
    try {
      for (Struct entry : green.revision.loadBalancers()) {
        write(entry, has(blue, group(entry)) ? ALL : 0);
      }
      green.share = 0;
    } catch (AwsException refused) {
      service.event("was unable to update the listener rule. Reason: " + refused.getMessage());
    }
  }

  /**
   * @param first the weight of the entry's target group; the alternate one gets the rest
   */
  private void write(Struct entry, int first) {
    Struct advanced = entry.struct("advancedConfiguration").orElseThrow();
    String role = advanced.required("roleArn");
    if (!roleExists.test(role)) {
      throw EcsError.invalid("ECS was unable to assume the role '" + role + "'.");
    }
    Map<String, Integer> weights = new LinkedHashMap<>();
    weights.put(group(entry), first);
    weights.put(other(entry), ALL - first);
    targetGroups.weigh(advanced.required("productionListenerRule"), weights);
  }
}
