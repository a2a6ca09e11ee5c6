package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Create, update, delete and look at Cloud Map services. */
final class ServiceCalls {
  /** The combinations of record types that exist (AWS-FACTS 8). */
  private static final Set<Set<String>> RECORD_TYPES =
      Set.of(Set.of("A"), Set.of("AAAA"), Set.of("A", "AAAA"), Set.of("SRV"), Set.of("CNAME"));

  private final CloudMapState state;
  private final Operations operations;
  private final Scheduler scheduler;
  private final Ids ids;

  ServiceCalls(CloudMapState state, Operations operations, Scheduler scheduler, Ids ids) {
    this.state = state;
    this.operations = operations;
    this.scheduler = scheduler;
    this.ids = ids;
  }

  /** At once, unlike namespaces; an existing name or token is refused with the ids it has. */
  Struct create(Struct in, Caller caller) {
    Struct dns = in.struct("DnsConfig").orElse(Struct.of());
    String namespaceId =
        in.string("NamespaceId")
            .or(() -> dns.string("NamespaceId"))
            .orElseThrow(() -> CloudMapError.invalid("NamespaceId is required."));
    Namespace namespace = state.namespace(namespaceId, caller);
    for (DiscoveryService other : state.servicesOf(namespace)) {
      if (other.name.equalsIgnoreCase(in.required("Name")) || sameToken(other, in)) {
        throw alreadyExists(other);
      }
    }
    check(in, dns);
    DiscoveryService service = new DiscoveryService(in, ids.service(), namespace, scheduler.now());
    service.tags = Tags.merged(Map.of(), in);
    state.services.put(service.arn, service);
    state.changed();
    return Struct.of().with("Service", service.describe());
  }

  private static boolean sameToken(DiscoveryService other, Struct in) {
    return in.string("CreatorRequestId")
        .map(token -> Objects.equals(token, other.creatorRequestId))
        .orElse(false);
  }

  private static AwsException alreadyExists(DiscoveryService service) {
    return new AwsException(
        "ServiceAlreadyExists",
        "The service already exists.",
        400,
        Struct.of()
            .with("CreatorRequestId", service.creatorRequestId)
            .with("ServiceId", service.id)
            .with("ServiceArn", service.arn));
  }

  private static void check(Struct in, Struct dns) {
    if (in.has("HealthCheckConfig")) {
      throw CloudMapError.invalid(
          "HealthCheckConfig is only for public DNS namespaces; use HealthCheckCustomConfig.");
    }
    if (in.has("Type") || dns.structs("DnsRecords").isEmpty()) {
      throw CloudMapError.unsupported("services without DNS records", "give DnsConfig.DnsRecords.");
    }
    Set<String> types = types(dns.structs("DnsRecords"));
    if (types.size() != dns.structs("DnsRecords").size() || !RECORD_TYPES.contains(types)) {
      throw CloudMapError.invalid("Invalid combination of DNS record types: " + types);
    }
    if (types.contains("CNAME") && !dns.string("RoutingPolicy").orElse("").equals("WEIGHTED")) {
      throw CloudMapError.invalid("CNAME records need the routing policy WEIGHTED.");
    }
  }

  private static Set<String> types(List<Struct> records) {
    Set<String> types = new TreeSet<>();
    records.forEach(record -> types.add(record.required("Type")));
    return types;
  }

  /** What the request leaves out of DnsRecords is deleted; types are never added. */
  Struct update(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("Id"), caller);
    Struct change = in.struct("Service").orElse(Struct.of());
    if (change.has("HealthCheckConfig")) {
      throw CloudMapError.invalid("HealthCheckConfig is only for public DNS namespaces.");
    }
    List<Struct> records =
        change.struct("DnsConfig").map(dns -> dns.structs("DnsRecords")).orElse(List.of());
    Set<String> added = new TreeSet<>(types(records));
    added.removeAll(types(service.dnsRecords));
    if (!added.isEmpty()) {
      throw CloudMapError.invalid(
          "DNS record types cannot be added or changed, make a new service: " + added);
    }
    return operations.submit(
        "UPDATE_SERVICE",
        "update service " + service.id,
        () -> {
          service.dnsRecords = List.copyOf(records);
          change.string("Description").ifPresent(text -> service.description = text);
          state.changed();
          return Map.of("SERVICE", service.id);
        });
  }

  Struct delete(Struct in, Caller caller) {
    DiscoveryService service = state.service(in.required("Id"), caller);
    if (!service.instances.isEmpty()) {
      throw CloudMapError.inUse(
          "Service contains registered instances; delete the instances before deleting the"
              + " service");
    }
    state.services.remove(service.arn);
    state.changed();
    return Struct.of();
  }

  Struct get(Struct in, Caller caller) {
    return Struct.of().with("Service", state.service(in.required("Id"), caller).describe());
  }

  Struct list(Struct in, Caller caller) {
    List<DiscoveryService> found = new ArrayList<>();
    for (DiscoveryService service : state.services.values()) {
      boolean inNamespace =
          Filtering.matches(in, "NAMESPACE_ID", service.namespace.id)
              || Filtering.matches(in, "NAMESPACE_ID", service.namespace.arn);
      if (inNamespace) {
        found.add(service);
      }
    }
    List<DiscoveryService> page = Filtering.PAGES.slice(in, found, s -> s.id);
    Struct answer =
        Struct.of().with("Services", page.stream().map(DiscoveryService::summary).toList());
    Filtering.PAGES.nextToken(found, page, s -> s.id, answer);
    return answer;
  }
}
