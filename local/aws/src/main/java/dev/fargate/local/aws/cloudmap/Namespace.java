package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One private DNS namespace. */
final class Namespace {
  static final int DEFAULT_SOA_TTL = 15;

  final String id;
  final String arn;
  final String name;
  final String vpcId;
  final String creatorRequestId;
  final String hostedZoneId;
  final Instant createdAt;
  String description;
  int soaTtl = DEFAULT_SOA_TTL;
  Map<String, String> tags = new LinkedHashMap<>();

  Namespace(Struct request, String id, String hostedZoneId, Place place, Instant createdAt) {
    this.id = id;
    this.arn = place.arn("namespace/" + id);
    this.name = request.required("Name");
    this.vpcId = request.required("Vpc");
    this.creatorRequestId = request.string("CreatorRequestId").orElse(null);
    this.description = request.string("Description").orElse(null);
    this.hostedZoneId = hostedZoneId;
    this.createdAt = createdAt;
  }

  /** Without the members that only GetNamespace shows. */
  Struct summary(int services) {
    return Struct.of()
        .with("Id", id)
        .with("Arn", arn)
        .with("Name", name)
        .with("Type", "DNS_PRIVATE")
        .with("Description", description)
        .with("ServiceCount", services)
        .with("Properties", properties())
        .with("CreateDate", createdAt);
  }

  Struct describe(int services) {
    return summary(services).with("CreatorRequestId", creatorRequestId);
  }

  private Struct properties() {
    return Struct.of()
        .with(
            "DnsProperties",
            Struct.of()
                .with("HostedZoneId", hostedZoneId)
                .with("SOA", Struct.of().with("TTL", (long) soaTtl)))
        .with("HttpProperties", Struct.of().with("HttpName", name));
  }
}
