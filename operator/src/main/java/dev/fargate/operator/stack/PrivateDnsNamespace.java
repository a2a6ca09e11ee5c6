package dev.fargate.operator.stack;

/** A Cloud Map private DNS namespace; everything is create-only (AWS-FACTS 8). */
public record PrivateDnsNamespace(ResourceId id, String domain, String vpcId) implements Resource {
  @Override
  public String physicalName() {
    return domain;
  }
}
