package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A load balancer as it is now, with one interface in each of its subnets. */
final class Balancer {
  /** What can never change (AWS-FACTS 6.1). */
  record Fixed(String name, String scheme, String type, String vpcId, String ipAddressType) {}

  final String arn;
  final Fixed fixed;
  final String dnsName;
  final Instant createdTime;
  final Attributes attributes = Attributes.ofLoadBalancer();
  final Map<String, Network.NetworkInterface> interfaces = new LinkedHashMap<>();
  List<String> securityGroups;
  boolean active;

  /** It could not be set up, and never will be. */
  boolean failed;

  Balancer(String arn, Fixed fixed, String dnsName, Instant createdTime, List<String> groups) {
    this.arn = arn;
    this.fixed = fixed;
    this.dnsName = dnsName;
    this.createdTime = createdTime;
    this.securityGroups = groups;
  }

  /** Subnet ids in the order given. */
  List<String> subnets() {
    return new ArrayList<>(interfaces.keySet());
  }

  boolean servesZone(String availabilityZone) {
    return interfaces.values().stream()
        .anyMatch(each -> each.availabilityZone().equals(availabilityZone));
  }
}
