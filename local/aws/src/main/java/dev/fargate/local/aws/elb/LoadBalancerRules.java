package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and checks what a client wants of a load balancer. */
final class LoadBalancerRules {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?");

  private final Network network;

  LoadBalancerRules(Network network) {
    this.network = network;
  }

  /** One subnet in each of at least two zones, all in one VPC. */
  List<Network.Subnet> subnets(Struct input) {
    Set<String> ids = new LinkedHashSet<>(input.strings("Subnets"));
    for (Struct mapping : input.structs("SubnetMappings")) {
      if (mapping.members().size() > 1) {
        throw ElbErrors.unsupported("An address in SubnetMappings", "give SubnetId only");
      }
      mapping.string("SubnetId").ifPresent(ids::add);
    }
    Map<String, Network.Subnet> byZone = new LinkedHashMap<>();
    for (String id : ids) {
      Network.Subnet subnet =
          network
              .subnet(id)
              .orElseThrow(
                  () ->
                      new AwsException(
                          "SubnetNotFound", "The subnet ID '" + id + "' does not exist"));
      if (byZone.put(subnet.availabilityZone(), subnet) != null) {
        throw ElbErrors.invalidConfiguration(
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
    }
    if (byZone.size() < 2) {
      throw ElbErrors.validation(
          "At least two subnets in two different Availability Zones must be specified");
    }
    if (byZone.values().stream().map(Network.Subnet::vpcId).distinct().count() > 1) {
      throw ElbErrors.invalidConfiguration("All subnets must belong to the same VPC");
    }
    return List.copyOf(byZone.values());
  }

  static String name(String name) {
    if (!NAME.matcher(name).matches() || name.startsWith("internal-")) {
      throw ElbErrors.validation(
          "Load balancer name '"
              + name
              + "' must have 1 to 32 letters, digits or hyphens, no hyphen at either end,"
              + " and must not begin with 'internal-'");
    }
    return name;
  }

  static String type(Struct input) {
    String type = input.string("Type").orElse("application");
    if (!type.equals("application")) {
      throw ElbErrors.unsupported("Load balancer type '" + type + "'", "use 'application'");
    }
    return type;
  }

  static String ipAddressType(Struct input) {
    String type = input.string("IpAddressType").orElse("ipv4");
    if (!type.equals("ipv4")) {
      throw ElbErrors.unsupported("IP address type '" + type + "'", "use 'ipv4'");
    }
    return type;
  }

  void requireGroup(String groupId, String vpcId) {
    Optional<String> vpc = network.vpcOfSecurityGroup(groupId);
    if (vpc.isEmpty()) {
      throw new AwsException(
          "InvalidSecurityGroup", "The security group '" + groupId + "' does not exist");
    }
    if (!vpc.get().equals(vpcId)) {
      throw ElbErrors.invalidConfiguration(
          "One or more security groups are invalid: '" + groupId + "' is in another VPC");
    }
  }
}
