package dev.fargate.operator.stack;

/** Everything is create-only (AWS-FACTS 9). AWS adds an allow-all egress rule, which stays. */
public record SecurityGroup(ResourceId id, String name, String description, String vpcId)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
