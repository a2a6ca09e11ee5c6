package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.Network;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where tasks stand: the spec's network over the environment's; the own group always comes first.
 * Subnets of the spec are in the place already, since tags must be looked up.
 */
final class TaskNetwork {
  private TaskNetwork() {}

  static Service.Network of(Network own, Place place) {
    List<String> subnets = place.subnetIds();
    List<String> extraGroups = place.securityGroupIds();
    boolean publicIp = place.assignPublicIp();
    if (own != null) {
      if (!own.securityGroupIds.isEmpty()) {
        extraGroups = own.securityGroupIds;
      }
      if (own.assignPublicIp != null) {
        publicIp = own.assignPublicIp;
      }
    }
    List<Value> groups = new ArrayList<>();
    groups.add(Value.ref(Ids.TASK_GROUP, Output.ID));
    new TreeSet<>(extraGroups).forEach(group -> groups.add(Value.known(group)));
    return new Service.Network(new TreeSet<>(subnets), groups, publicIp);
  }
}
