package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Cluster;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;

/** The environment's cluster, by its name. */
public final class ClusterReader implements Reader {
  private final EcsClient ecs;
  private final Supplier<Scope> scope;

  public ClusterReader(EcsClient ecs, Supplier<Scope> scope) {
    this.ecs = ecs;
    this.scope = scope;
  }

  @Override
  public Kind kind() {
    return Kind.CLUSTER;
  }

  @Override
  public Part sweep(Known known) {
    return Part.all(describe());
  }

  @Override
  public Part read(Need need) {
    return Part.all(describe());
  }

  private List<Seen> describe() {
    List<Seen> found = new ArrayList<>();
    ecs.describeClusters(
            request ->
                request
                    .clusters(scope.get().clusterName())
                    .include(ClusterField.TAGS, ClusterField.SETTINGS))
        .clusters()
        .forEach(
            cluster -> {
              // An INACTIVE cluster is a deleted one that AWS still remembers.
              if (!"INACTIVE".equals(cluster.status())) {
                found.add(seen(cluster));
              }
            });
    return found;
  }

  static Seen seen(software.amazon.awssdk.services.ecs.model.Cluster cluster) {
    Map<String, String> tags = EcsTags.map(cluster.tags());
    String insights =
        cluster.settings().stream()
            .filter(setting -> setting.name() == ClusterSettingName.CONTAINER_INSIGHTS)
            .map(ClusterSetting::value)
            .findFirst()
            .orElse("disabled");
    Lifecycle lifecycle =
        switch (cluster.status()) {
          case "PROVISIONING" -> Lifecycle.PENDING;
          case "DEPROVISIONING" -> Lifecycle.DELETING;
          case "FAILED" -> Lifecycle.FAILED;
          default -> Lifecycle.ACTIVE;
        };
    return new Seen(
        cluster.clusterArn(),
        new Cluster(
            Seen.id(Kind.CLUSTER, tags),
            cluster.clusterName(),
            insights,
            new TreeSet<>(cluster.capacityProviders())),
        Map.of(Output.ARN, cluster.clusterArn(), Output.NAME, cluster.clusterName()),
        tags,
        lifecycle,
        null,
        null);
  }
}
