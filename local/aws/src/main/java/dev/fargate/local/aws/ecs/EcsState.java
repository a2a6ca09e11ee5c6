package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything ECS knows, by ARN, so that accounts and regions do not see each other. */
final class EcsState {
  final Map<String, Cluster> clusters = new LinkedHashMap<>();
  final TaskDefinitions taskDefinitions = new TaskDefinitions();

  /**
   * @param nameOrArn absent means the cluster named "default", as in every ECS call
   */
  Optional<Cluster> findCluster(Optional<String> nameOrArn, Caller caller) {
    return Optional.ofNullable(clusters.get(Arns.of(caller).cluster(nameOrArn.orElse("default"))));
  }

  /** The active cluster of a call. */
  Cluster cluster(Optional<String> nameOrArn, Caller caller) {
    return findCluster(nameOrArn, caller)
        .filter(cluster -> cluster.active)
        .orElseThrow(EcsError::clusterNotFound);
  }

  Optional<Service> findService(Cluster cluster, String nameOrArn, Caller caller) {
    return Optional.ofNullable(
        cluster.services.get(Arns.of(caller).service(cluster.name, nameOrArn)));
  }

  /** A service that is not yet forgotten; INACTIVE ones too. */
  Service service(Cluster cluster, String nameOrArn, Caller caller) {
    return findService(cluster, nameOrArn, caller).orElseThrow(EcsError::serviceNotFound);
  }

  /** A copy, so that the scheduler may change the world while it goes through it. */
  List<Service> allServices() {
    List<Service> all = new ArrayList<>();
    clusters.values().forEach(cluster -> all.addAll(cluster.services.values()));
    return all;
  }
}
