package dev.fargate.local.aws.elb;

import java.util.LinkedHashMap;
import java.util.Map;

/** A target group as it is now. */
final class Group {
  /** What can never change (AWS-FACTS 6.1). */
  record Fixed(
      String name,
      String protocol,
      String protocolVersion,
      int port,
      String vpcId,
      String targetType,
      String ipAddressType) {}

  final String arn;
  final Fixed fixed;
  final Attributes attributes = Attributes.ofTargetGroup();
  final Map<String, Target> targets = new LinkedHashMap<>();
  HealthCheck healthCheck;

  /** The load balancer that a listener or a rule ties the group to; null without one. */
  Balancer balancer;

  Group(String arn, Fixed fixed, HealthCheck healthCheck) {
    this.arn = arn;
    this.fixed = fixed;
    this.healthCheck = healthCheck;
  }

  static String key(String ip, int port) {
    return ip + ":" + port;
  }
}
