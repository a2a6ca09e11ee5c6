package dev.fargate.local.aws.ec2;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What other services need to know of subnets, interfaces and security groups. */
public interface Network {
  Optional<Subnet> subnet(String subnetId);

  boolean hasVpc(String vpcId);

  /** The interface that holds a private address; empty when nobody does. */
  Optional<NetworkInterface> interfaceAt(String privateIp);

  boolean hasSecurityGroup(String groupId);

  /** The VPC of a security group; empty when there is no such group. */
  Optional<String> vpcOfSecurityGroup(String groupId);

  /** The VPC's default group, used where a caller names none. */
  String defaultSecurityGroup(String vpcId);

  /**
   * Makes a network interface with a private address of its own; with process tasks that is a
   * loopback address in 127.7.0.0/16.
   */
  NetworkInterface attach(String subnetId, List<String> securityGroupIds, String description);

  /** Gives an interface other groups; unknown ids are ignored. */
  void setGroups(String networkInterfaceId, List<String> securityGroupIds);

  /** Removes an interface; its groups are no longer in use by it. Unknown ids are ignored. */
  void detach(String networkInterfaceId);

  /**
   * Whether the groups let traffic of this protocol ("tcp") and port from one interface to another.
   */
  boolean reachable(
      Set<String> fromGroups,
      String fromIp,
      Set<String> toGroups,
      String toIp,
      String protocol,
      int port);

  record Subnet(
      String id, String vpcId, String availabilityZone, String cidr, boolean publicRoute) {}

  record NetworkInterface(
      String id,
      String subnetId,
      String availabilityZone,
      String privateIp,
      String macAddress,
      List<String> groups) {}
}
