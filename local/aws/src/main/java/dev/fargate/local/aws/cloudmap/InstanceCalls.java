package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.cloudmap.DiscoveryService.Instance;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instances: what ECS registers, what callers see of them. */
final class InstanceCalls {
  private static final Paging DISCOVERY =
      new Paging("NextToken", "MaxResults", 100, 1000, CloudMapError::invalid);

  private final CloudMapState state;
  private final Operations operations;
  private long revision = 1;

  InstanceCalls(CloudMapState state, Operations operations) {
    this.state = state;
    this.operations = operations;
    state.onChange(() -> revision++);
  }

  void put(
      DiscoveryService service,
      String id,
      String creatorRequestId,
      Map<String, String> attributes) {
    boolean healthy =
        !service.customHealth || !"UNHEALTHY".equals(attributes.get("AWS_INIT_HEALTH_STATUS"));
    service.instances.put(id, new Instance(id, creatorRequestId, Map.copyOf(attributes), healthy));
    state.changed();
  }

  void remove(DiscoveryService service, String id) {
    if (service.instances.remove(id) != null) {
      state.changed();
    }
  }

  /** Ignored without custom health checks, as ECS then pushes none. */
  void setHealthy(DiscoveryService service, String id, boolean healthy) {
    Instance instance = service.instances.get(id);
    if (instance != null && service.customHealth && instance.healthy != healthy) {
      instance.healthy = healthy;
      state.changed();
    }
  }

  Struct register(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("ServiceId"), caller);
    String id = in.required("InstanceId");
    Map<String, String> attributes = strings(in.map("Attributes"));
    return operations.submit(
        "REGISTER_INSTANCE",
        key(service, id),
        () -> {
          put(service, id, in.string("CreatorRequestId").orElse(null), attributes);
          return Map.of("INSTANCE", id, "SERVICE", service.id);
        });
  }

  Struct deregister(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("ServiceId"), caller);
    String id = instance(service, in.required("InstanceId")).id;
    return operations.submit(
        "DEREGISTER_INSTANCE",
        key(service, id),
        () -> {
          remove(service, id);
          return Map.of("INSTANCE", id, "SERVICE", service.id);
        });
  }

  private static String key(DiscoveryService service, String instanceId) {
    // One registration or deregistration per service and instance at a time (AWS-FACTS 8).
    return "instance " + service.id + " " + instanceId;
  }

  Struct updateHealth(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("ServiceId"), caller);
    if (!service.customHealth) {
      throw CloudMapError.invalid("The service has no custom health check.");
    }
    Instance instance = instance(service, in.required("InstanceId"));
    setHealthy(service, instance.id, in.required("Status").equals("HEALTHY"));
    return Struct.of();
  }

  Struct get(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("ServiceId"), caller);
    Instance instance = instance(service, in.required("InstanceId"));
    return Struct.of()
        .with("Instance", summary(instance).with("CreatorRequestId", instance.creatorRequestId));
  }

  Struct list(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("ServiceId"), caller);
    List<Instance> all = List.copyOf(service.instances.values());
    List<Instance> page = Filtering.PAGES.slice(in, all, instance -> instance.id);
    Struct answer = Struct.of().with("Instances", page.stream().map(i -> summary(i)).toList());
    Filtering.PAGES.nextToken(all, page, instance -> instance.id, answer);
    return answer;
  }

  private static Struct summary(Instance instance) {
    return Struct.of().with("Id", instance.id).with("Attributes", objects(instance.attributes));
  }

  Struct health(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("ServiceId"), caller);
    in.strings("Instances").forEach(id -> instance(service, id));
    List<Instance> asked =
        service.instances.values().stream()
            .filter(i -> !in.has("Instances") || in.strings("Instances").contains(i.id))
            .toList();
    List<Instance> page = Filtering.PAGES.slice(in, asked, instance -> instance.id);
    Map<String, Object> status = new LinkedHashMap<>();
    page.forEach(instance -> status.put(instance.id, instance.health()));
    Struct answer = Struct.of().with("Status", status);
    Filtering.PAGES.nextToken(asked, page, instance -> instance.id, answer);
    return answer;
  }

  /** By names; without a wish it gives the healthy ones, or all when none is healthy. */
  Struct discover(Struct in, Caller caller) {
    DiscoveryService service = byName(in);
    String wanted = in.string("HealthStatus").orElse("HEALTHY_OR_ELSE_ALL");
    Map<String, String> query = strings(in.map("QueryParameters"));
    List<Instance> matching =
        service.instances.values().stream()
            .filter(i -> i.attributes.entrySet().containsAll(query.entrySet()))
            .toList();
    List<Instance> healthy = matching.stream().filter(i -> i.healthy).toList();
    List<Instance> chosen =
        switch (wanted) {
          case "HEALTHY" -> healthy;
          case "UNHEALTHY" -> matching.stream().filter(i -> !i.healthy).toList();
          case "ALL" -> matching;
          default -> healthy.isEmpty() ? matching : healthy;
        };
    return Struct.of()
        .with(
            "Instances",
            DISCOVERY.slice(in, chosen, i -> i.id).stream().map(i -> found(service, i)).toList())
        .with("InstancesRevision", revision);
  }

  private DiscoveryService byName(Struct in) {
    String namespace = in.required("NamespaceName");
    if (state.namespaces.values().stream().noneMatch(n -> n.name.equals(namespace))) {
      throw CloudMapError.namespaceNotFound(namespace);
    }
    return state.services.values().stream()
        .filter(s -> s.namespace.name.equals(namespace))
        .filter(s -> s.name.equals(in.required("ServiceName")))
        .findFirst()
        .orElseThrow(() -> CloudMapError.serviceNotFound(in.required("ServiceName")));
  }

  private static Struct found(DiscoveryService service, Instance instance) {
    return Struct.of()
        .with("InstanceId", instance.id)
        .with("NamespaceName", service.namespace.name)
        .with("ServiceName", service.name)
        .with("HealthStatus", instance.health())
        .with("Attributes", objects(instance.attributes));
  }

  private static Instance instance(DiscoveryService service, String id) {
    Instance instance = service.instances.get(id);
    if (instance == null) {
      throw CloudMapError.instanceNotFound(id);
    }
    return instance;
  }

  private static Map<String, String> strings(Map<String, Object> map) {
    Map<String, String> strings = new LinkedHashMap<>();
    map.forEach((key, value) -> strings.put(key, (String) value));
    return strings;
  }

  private static Map<String, Object> objects(Map<String, String> map) {
    return new LinkedHashMap<>(map);
  }
}
