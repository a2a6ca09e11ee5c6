package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One Cloud Map service with its instances. */
final class DiscoveryService {
  /** MULTIVALUE answers at most eight addresses (AWS-FACTS 8). */
  private static final int MAX_ANSWERS = 8;

  final String id;
  final String arn;
  final String name;
  final Namespace namespace;
  final String creatorRequestId;
  final String routingPolicy;
  final boolean customHealth;
  final Instant createdAt;
  String description;
  List<Struct> dnsRecords;
  Map<String, String> tags = new LinkedHashMap<>();
  final Map<String, Instance> instances = new LinkedHashMap<>();

  DiscoveryService(Struct request, String id, Namespace namespace, Instant createdAt) {
    this.id = id;
    this.arn = namespace.arn.replace("namespace/" + namespace.id, "service/" + id);
    this.name = request.required("Name");
    this.namespace = namespace;
    this.creatorRequestId = request.string("CreatorRequestId").orElse(null);
    this.description = request.string("Description").orElse(null);
    Struct dns = request.struct("DnsConfig").orElse(Struct.of());
    this.routingPolicy = dns.string("RoutingPolicy").orElse("MULTIVALUE");
    this.dnsRecords = List.copyOf(dns.structs("DnsRecords"));
    this.customHealth = request.has("HealthCheckCustomConfig");
    this.createdAt = createdAt;
  }

  String fullName() {
    return name + "." + namespace.name;
  }

  /** What a query for the A record answers now: the healthy ones, or all when none is healthy. */
  List<String> addresses() {
    if (dnsRecords.stream().noneMatch(record -> record.required("Type").equals("A"))) {
      return List.of();
    }
    List<Instance> answering = new ArrayList<>();
    instances.values().stream().filter(instance -> instance.healthy).forEach(answering::add);
    if (answering.isEmpty()) {
      answering.addAll(instances.values());
    }
    return answering.stream()
        .map(instance -> instance.attributes.get("AWS_INSTANCE_IPV4"))
        .filter(address -> address != null)
        .limit(routingPolicy.equals("WEIGHTED") ? 1 : MAX_ANSWERS)
        .toList();
  }

  Struct summary() {
    Struct summary =
        Struct.of()
            .with("Id", id)
            .with("Arn", arn)
            .with("Name", name)
            .with("Type", "DNS_HTTP")
            .with("Description", description)
            .with("InstanceCount", instances.size())
            .with("DnsConfig", dnsConfig())
            .with("CreateDate", createdAt);
    if (customHealth) {
      // Any other threshold is accepted by AWS and then 1.
      summary.with("HealthCheckCustomConfig", Struct.of().with("FailureThreshold", 1));
    }
    return summary;
  }

  Struct describe() {
    return summary().with("NamespaceId", namespace.id).with("CreatorRequestId", creatorRequestId);
  }

  private Struct dnsConfig() {
    return Struct.of()
        .with("NamespaceId", namespace.id)
        .with("RoutingPolicy", routingPolicy)
        .with("DnsRecords", dnsRecords);
  }

  /** One registered instance; without custom health checks it is always healthy. */
  static final class Instance {
    final String id;
    final String creatorRequestId;
    final Map<String, String> attributes;
    boolean healthy;

    Instance(String id, String creatorRequestId, Map<String, String> attributes, boolean healthy) {
      this.id = id;
      this.creatorRequestId = creatorRequestId;
      this.attributes = attributes;
      this.healthy = healthy;
    }

    String health() {
      return healthy ? "HEALTHY" : "UNHEALTHY";
    }
  }
}
