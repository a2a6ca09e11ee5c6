package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.environment.EnvironmentNetwork;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Cloud.DefaultRoute;
import dev.fargate.operator.status.WayOut;
import java.util.List;
import java.util.Map;

/** Whether the tasks of an environment get out of its subnets. */
final class WaysOut {
  private WaysOut() {}

  /**
   * Never fails: a hint is no reason to stop a pass.
   *
   * @param subnets what the network resolves to
   */
  static WayOut of(EnvironmentNetwork network, List<String> subnets, Cloud.Lookups lookups) {
    try {
      Map<String, DefaultRoute> routes = lookups.defaultRoutes(network.vpcId, subnets);
      boolean publicAddresses = Boolean.TRUE.equals(network.assignPublicIp);
      return new WayOut(
          leading(routes, DefaultRoute.NONE),
          publicAddresses ? List.of() : leading(routes, DefaultRoute.INTERNET_GATEWAY),
          null);
    } catch (AwsFailure failure) {
      return WayOut.unread(failure.code());
    }
  }

  private static List<String> leading(Map<String, DefaultRoute> routes, DefaultRoute where) {
    return routes.keySet().stream().filter(subnet -> routes.get(subnet) == where).sorted().toList();
  }
}
