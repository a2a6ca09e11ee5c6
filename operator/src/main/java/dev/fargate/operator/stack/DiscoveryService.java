package dev.fargate.operator.stack;

/**
 * A Cloud Map service. Only the TTL can change in place; the rest needs a successor that cannot
 * coexist with it (AWS-FACTS 5, 8).
 *
 * @param recordType A
 */
public record DiscoveryService(
    ResourceId id, String name, Value namespaceId, String recordType, int ttlSeconds)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
