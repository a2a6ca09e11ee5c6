package dev.fargate.operator.stack;

import java.util.SortedMap;

/**
 * Target type is always ip. Name, port, protocol, protocolVersion and vpcId are create-only, and so
 * in the hash of the name: a change of one is a new group beside the old (AWS-FACTS 5, 6.1).
 *
 * @param attributes by AWS's keys, for example deregistration_delay.timeout_seconds
 */
public record TargetGroup(
    ResourceId id,
    String name,
    int port,
    String protocol,
    String protocolVersion,
    String vpcId,
    HealthCheck healthCheck,
    SortedMap<String, String> attributes)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }

  /**
   * @param port traffic-port or a number; @param successCodes as AWS's matcher: 200 or 200-299
   */
  public record HealthCheck(
      String protocol,
      String port,
      String path,
      int intervalSeconds,
      int timeoutSeconds,
      int healthyThreshold,
      int unhealthyThreshold,
      String successCodes) {}
}
