package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Cluster;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;

/** A cluster of an existing name is returned by CreateCluster, so a repeated create is safe. */
public final class ClusterRunner implements Runner {
  private final EcsClient ecs;

  public ClusterRunner(EcsClient ecs) {
    this.ecs = ecs;
  }

  @Override
  public Kind kind() {
    return Kind.CLUSTER;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    Cluster cluster = (Cluster) desired;
    var created =
        ecs.createCluster(
                request ->
                    request
                        .clusterName(cluster.name())
                        .settings(insights(cluster))
                        .capacityProviders(cluster.capacityProviders())
                        .tags(EcsTags.of(tags)))
            .cluster();
    return Map.of(Output.ARN, created.clusterArn(), Output.NAME, created.clusterName());
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    Cluster cluster = (Cluster) desired;
    if (action.touches("containerInsights")) {
      ecs.updateClusterSettings(
          request -> request.cluster(cluster.name()).settings(insights(cluster)));
    }
    if (action.touches("capacityProviders")) {
      ecs.putClusterCapacityProviders(
          request ->
              request
                  .cluster(cluster.name())
                  .capacityProviders(cluster.capacityProviders())
                  // Every service names how it launches; the cluster has no opinion.
                  .defaultCapacityProviderStrategy(java.util.List.of()));
    }
    EcsTags.write(ecs, action.observed().outputs().get(Output.ARN), TagChanges.of(action));
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      ecs.deleteCluster(request -> request.cluster(observed.outputs().get(Output.ARN)));
    } catch (ClusterNotFoundException gone) {
      // What was to be reached.
    }
  }

  private static ClusterSetting insights(Cluster cluster) {
    return ClusterSetting.builder()
        .name(ClusterSettingName.CONTAINER_INSIGHTS)
        .value(cluster.containerInsights())
        .build();
  }
}
