package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Clusters and their capacity providers. */
final class ClusterOperations {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Set<String> PROVIDERS = Set.of("FARGATE", "FARGATE_SPOT");
  private static final int MAX_DESCRIBE = 100;

  private final EcsState state;

  ClusterOperations(EcsState state) {
    this.state = state;
  }

  /** Returns the existing cluster of that name unchanged (AWS-FACTS 11). */
  Struct create(Struct in, Caller caller) {
    String name = in.string("clusterName").orElse("default");
    if (!NAME.matcher(name).matches()) {
      throw EcsError.invalid("Identifiers must be letters, digits, hyphens and underscores.");
    }
    if (in.has("serviceConnectDefaults")) {
      throw EcsError.unsupported("serviceConnectDefaults", "leave it out.");
    }
    String arn = Arns.of(caller).cluster(name);
    Cluster existing = state.clusters.get(arn);
    if (existing != null && existing.active) {
      return Struct.of().with("cluster", describe(existing, Set.of("TAGS", "SETTINGS")));
    }
    Cluster cluster = new Cluster(name, arn);
    cluster.tags = Tags.read(in);
    apply(cluster, in);
    setProviders(
        cluster, in.strings("capacityProviders"), in.structs("defaultCapacityProviderStrategy"));
    state.clusters.put(arn, cluster);
    return Struct.of().with("cluster", describe(cluster, Set.of("TAGS", "SETTINGS")));
  }

  Struct describe(Struct in, Caller caller) {
    List<String> names = in.strings("clusters");
    if (names.size() > MAX_DESCRIBE) {
      throw EcsError.invalid("At most 100 clusters can be described in one call.");
    }
    List<Struct> found = new ArrayList<>();
    List<Struct> failures = new ArrayList<>();
    for (String name : names.isEmpty() ? List.of("default") : names) {
      Optional<Cluster> cluster = state.findCluster(Optional.of(name), caller);
      cluster.ifPresentOrElse(
          c -> found.add(describe(c, Set.copyOf(in.strings("include")))),
          () -> failures.add(missing(Arns.of(caller).cluster(name))));
    }
    return Struct.of().with("clusters", found).with("failures", failures);
  }

  Struct list(Struct in, Caller caller) {
    String mine = Arns.of(caller).cluster("");
    List<String> arns =
        state.clusters.values().stream()
            .filter(cluster -> cluster.active && cluster.arn.startsWith(mine))
            .map(cluster -> cluster.arn)
            .sorted()
            .toList();
    return Pages.of(Pages.OTHERS, in, "clusterArns", arns);
  }

  Struct update(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    if (in.has("serviceConnectDefaults")) {
      throw EcsError.unsupported("serviceConnectDefaults", "leave it out.");
    }
    apply(cluster, in);
    return Struct.of().with("cluster", describe(cluster, Set.of("SETTINGS", "CONFIGURATIONS")));
  }

  Struct putProviders(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    List<String> wanted = in.strings("capacityProviders");
    for (String provider : cluster.capacityProviders) {
      boolean used =
          cluster.activeServices().stream()
              .flatMap(service -> service.revision().strategy().stream())
              .anyMatch(item -> item.required("capacityProvider").equals(provider));
      if (used && !wanted.contains(provider)) {
        throw new AwsException(
            "ResourceInUseException",
            "The capacity provider " + provider + " is in use and cannot be removed.");
      }
    }
    setProviders(cluster, wanted, in.structs("defaultCapacityProviderStrategy"));
    return Struct.of().with("cluster", describe(cluster, Set.of("SETTINGS")));
  }

  Struct delete(Struct in, Caller caller) {
    Cluster cluster =
        state
            .findCluster(Optional.of(in.required("cluster")), caller)
            .orElseThrow(EcsError::clusterNotFound);
    if (cluster.services.values().stream().anyMatch(s -> s.status != Service.Status.INACTIVE)) {
      throw new AwsException(
          "ClusterContainsServicesException",
          "The Cluster cannot be deleted while Services are active.");
    }
    if (!cluster.tasksNotStopped().isEmpty()) {
      throw new AwsException(
          "ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
    }
    cluster.active = false;
    return Struct.of().with("cluster", describe(cluster, Set.of("TAGS", "SETTINGS")));
  }

  private static void apply(Cluster cluster, Struct in) {
    if (in.has("settings")) {
      for (Struct setting : in.structs("settings")) {
        if (!Set.of("enabled", "disabled", "enhanced")
            .contains(setting.string("value").orElse(""))) {
          throw EcsError.invalid("Invalid value for setting containerInsights.");
        }
      }
      cluster.settings = in.structs("settings");
    }
    in.struct("configuration").ifPresent(configuration -> cluster.configuration = configuration);
  }

  private static void setProviders(
      Cluster cluster, List<String> providers, List<Struct> defaultStrategy) {
    for (String provider : providers) {
      if (!PROVIDERS.contains(provider)) {
        throw EcsError.invalid("The specified capacity provider does not exist: " + provider + ".");
      }
    }
    CapacityStrategy.check(defaultStrategy, providers);
    cluster.capacityProviders = List.copyOf(providers);
    cluster.defaultStrategy = List.copyOf(defaultStrategy);
  }

  private static Struct describe(Cluster cluster, Set<String> include) {
    List<Task> tasks = cluster.tasksNotStopped();
    Struct out =
        Struct.of()
            .with("clusterArn", cluster.arn)
            .with("clusterName", cluster.name)
            .with("status", cluster.active ? "ACTIVE" : "INACTIVE")
            .with("registeredContainerInstancesCount", 0)
            .with(
                "runningTasksCount",
                (int) tasks.stream().filter(t -> t.status == TaskStatus.RUNNING).count())
            .with("pendingTasksCount", (int) tasks.stream().filter(t -> t.status.pending()).count())
            .with("activeServicesCount", cluster.activeServices().size())
            .with("statistics", List.of())
            .with("capacityProviders", cluster.capacityProviders)
            .with("defaultCapacityProviderStrategy", cluster.defaultStrategy)
            .with("tags", include.contains("TAGS") ? Tags.write(cluster.tags) : List.of())
            .with("settings", include.contains("SETTINGS") ? cluster.settings : List.of());
    if (include.contains("CONFIGURATIONS")) {
      out.with("configuration", cluster.configuration);
    }
    return out;
  }

  private static Struct missing(String arn) {
    return Struct.of().with("arn", arn).with("reason", "MISSING");
  }
}
