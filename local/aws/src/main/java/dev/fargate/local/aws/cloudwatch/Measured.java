package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CloudWatch's names for what this endpoint measures: CPU and memory of a service's tasks, requests
 * and server errors of a target group. Any other metric is known to nobody here and so has no data,
 * as in AWS.
 */
final class Measured {
  static final String ECS = "AWS/ECS";
  static final String ELB = "AWS/ApplicationELB";

  private static final String CLUSTER = "ClusterName";
  private static final String SERVICE = "ServiceName";
  private static final String GROUP = "TargetGroup";
  private static final String BALANCER = "LoadBalancer";

  private final LoadBalancers balancers;

  Measured(LoadBalancers balancers) {
    this.balancers = balancers;
  }

  /** Which load balancer forwards to a target group. */
  interface LoadBalancers {
    /**
     * @param targetGroup {@code targetgroup/name/id}
     * @return {@code app/name/id}
     */
    Optional<String> of(String targetGroup);
  }

  /** The series of a metric; empty where nothing of these dimensions can have been measured. */
  Optional<Metrics.Series> find(String namespace, String name, Map<String, String> dimensions) {
    if (namespace.equals(ECS) && dimensions.keySet().equals(java.util.Set.of(CLUSTER, SERVICE))) {
      return Optional.of(
          new Metrics.Series(ECS, name, dimensions.get(CLUSTER) + "/" + dimensions.get(SERVICE)));
    }
    if (namespace.equals(ELB) && dimensions.keySet().equals(java.util.Set.of(GROUP, BALANCER))) {
      String group = dimensions.get(GROUP);
      return balancers
          .of(group)
          .filter(dimensions.get(BALANCER)::equals)
          .map(there -> new Metrics.Series(ELB, name, group));
    }
    return Optional.empty();
  }

  /** The dimensions of a series, by CloudWatch's names; empty for what only scaling notes. */
  Optional<Map<String, String>> dimensions(Metrics.Series series) {
    Map<String, String> dimensions = new TreeMap<>();
    if (series.namespace().equals(ECS)) {
      int slash = series.dimension().indexOf('/');
      dimensions.put(CLUSTER, series.dimension().substring(0, slash));
      dimensions.put(SERVICE, series.dimension().substring(slash + 1));
    } else if (series.namespace().equals(ELB)) {
      Optional<String> balancer = balancers.of(series.dimension());
      if (balancer.isEmpty()) {
        return Optional.empty();
      }
      dimensions.put(GROUP, series.dimension());
      dimensions.put(BALANCER, balancer.get());
    } else {
      return Optional.empty();
    }
    return Optional.of(dimensions);
  }

  static Map<String, String> dimensions(Struct metric) {
    Map<String, String> dimensions = new TreeMap<>();
    for (Struct dimension : metric.structs("Dimensions")) {
      dimensions.put(dimension.required("Name"), dimension.required("Value"));
    }
    return dimensions;
  }

  static List<Struct> structs(Map<String, String> dimensions) {
    return dimensions.entrySet().stream()
        .map(each -> Struct.of().with("Name", each.getKey()).with("Value", each.getValue()))
        .toList();
  }
}
