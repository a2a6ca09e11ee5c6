package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.environment.EnvironmentNetwork;
import dev.fargate.api.v1alpha1.environment.NetworkAccess;
import dev.fargate.operator.validate.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where tasks stand when they stand elsewhere than the environment says. */
final class NetworkRules {
  private NetworkRules() {}

  /** All but subnets, which may have to be looked up first. */
  static void check(
      Network own, EnvironmentNetwork environment, Grant grant, List<Problem> problems) {
    if (own == null) {
      return;
    }
    List<String> groups = environment == null ? List.of() : environment.securityGroupIds;
    for (int i = 0; i < own.securityGroupIds.size(); i++) {
      String group = own.securityGroupIds.get(i);
      if (!groups.contains(group) && !lists(rules(grant).securityGroupIds, group)) {
        problems.add(
            grant.notListed(
                "spec.network.securityGroupIds[" + i + "]",
                group,
                "networkOverrides.securityGroupIds"));
      }
    }
    boolean usual = environment != null && Boolean.TRUE.equals(environment.assignPublicIp);
    if (own.assignPublicIp != null
        && own.assignPublicIp != usual
        && !Boolean.TRUE.equals(rules(grant).assignPublicIp)) {
      problems.add(
          grant.refusal(
              "spec.network.assignPublicIp",
              own.assignPublicIp + " where the environment says " + usual,
              "set spec.access.networkOverrides.assignPublicIp to true"));
    }
  }

  /**
   * @param chosen what the spec's ids or tags lead to
   * @param environment what the environment has published
   */
  static List<Problem> subnets(
      Collection<String> chosen, Collection<String> environment, Grant grant) {
    List<Problem> problems = new ArrayList<>();
    for (String subnet : chosen) {
      if (!environment.contains(subnet) && !lists(rules(grant).subnetIds, subnet)) {
        problems.add(grant.notListed("spec.network.subnets", subnet, "networkOverrides.subnetIds"));
      }
    }
    return problems;
  }

  private static NetworkAccess rules(Grant grant) {
    return grant.access().networkOverrides == null
        ? new NetworkAccess()
        : grant.access().networkOverrides;
  }

  private static boolean lists(List<String> allowed, String id) {
    return allowed != null && (allowed.contains(Starts.EVERYTHING) || allowed.contains(id));
  }
}
