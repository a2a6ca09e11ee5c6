package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of EC2 that Fargate needs: a seeded network that can be read, security groups with their
 * rules, and the interfaces of tasks and load balancers.
 */
public final class Ec2 implements ServiceBehaviour, Network {
  /** AWS's default quota of groups per interface. */
  private static final int MAX_GROUPS_PER_INTERFACE = 5;

  private final Map<String, Network.Subnet> subnets = new HashMap<>();
  private final Map<String, Operation> operations = new HashMap<>();
  private final Set<String> vpcs = new HashSet<>();
  private final SecurityGroups groups;
  private final Interfaces interfaces;

  /**
   * @param addresses {@link SubnetAddresses} with scripted tasks, {@link LoopbackAddresses} with
   *     processes
   */
  public Ec2(NetworkSeed seed, AddressPool addresses) {
    Ids ids = new Ids();
    TagStore tags = new TagStore();
    groups = new SecurityGroups(ids);
    interfaces = new Interfaces(ids, addresses);
    for (NetworkSeed.Vpc vpc : seed.vpcs()) {
      vpcs.add(vpc.id());
      tags.put(vpc.id(), vpc.tags());
      String id =
          groups.create(vpc.id(), SecurityGroups.DEFAULT_NAME, "default VPC security group").id();
      groups.add(new GroupRule(null, id, false, "-1", -1, -1, new GroupRule.Group(id), null));
    }
    for (NetworkSeed.Subnet subnet : seed.subnets()) {
      tags.put(subnet.id(), subnet.tags());
      subnets.put(subnet.id(), subnet.view());
    }
    SecurityGroupCalls groupCalls = new SecurityGroupCalls(seed, groups, interfaces, tags);
    operations.putAll(groupCalls.operations());
    operations.putAll(new GroupRuleCalls(seed, groups, groupCalls, tags).operations());
    operations.putAll(new NetworkCalls(seed, groups, interfaces, tags).operations());
    operations.putAll(new TagCalls(seed, groups, interfaces, tags).operations());
  }

  @Override
  public String signingName() {
    return "ec2";
  }

  @Override
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    if (input.bool("DryRun").orElse(false)) {
      throw new AwsException(
          "DryRunOperation",
          "Request would have succeeded, but DryRun flag is set.",
          412,
          Struct.of());
    }
    return operations.get(operation).run(input);
  }

  @Override
  public Optional<Network.Subnet> subnet(String subnetId) {
    return Optional.ofNullable(subnets.get(subnetId));
  }

  @Override
  public boolean hasVpc(String vpcId) {
    return vpcs.contains(vpcId);
  }

  @Override
  public Optional<NetworkInterface> interfaceAt(String privateIp) {
    return interfaces.at(privateIp).map(Interfaces.Attached::view);
  }

  @Override
  public boolean hasSecurityGroup(String groupId) {
    return groups.find(groupId).isPresent();
  }

  @Override
  public Optional<String> vpcOfSecurityGroup(String groupId) {
    return groups.find(groupId).map(SecurityGroups.Group::vpcId);
  }

  @Override
  public String defaultSecurityGroup(String vpcId) {
    return groups.defaultOf(vpcId).id();
  }

  @Override
  public NetworkInterface attach(
      String subnetId, List<String> securityGroupIds, String description) {
    Network.Subnet subnet =
        subnet(subnetId)
            .orElseThrow(
                () ->
                    new AwsException(
                        "InvalidSubnetID.NotFound",
                        "The subnet ID '" + subnetId + "' does not exist"));
    if (securityGroupIds.size() > MAX_GROUPS_PER_INTERFACE) {
      throw new AwsException(
          "SecurityGroupsPerInterfaceLimitExceeded",
          "The maximum number of security groups per interface has been reached.");
    }
    for (String id : securityGroupIds) {
      if (!groups.require(id).vpcId().equals(subnet.vpcId())) {
        throw new AwsException(
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks.");
      }
    }
    return interfaces.attach(subnet, securityGroupIds, description).view();
  }

  @Override
  public void setGroups(String networkInterfaceId, List<String> securityGroupIds) {
    interfaces.setGroups(networkInterfaceId, securityGroupIds);
  }

  @Override
  public void detach(String networkInterfaceId) {
    interfaces.detach(networkInterfaceId);
  }

  @Override
  public boolean reachable(
      Set<String> fromGroups,
      String fromIp,
      Set<String> toGroups,
      String toIp,
      String protocol,
      int port) {
    return Reachability.allowed(
        groups.rules(),
        new Reachability.End(fromGroups, interfaces.subnetAddress(fromIp)),
        new Reachability.End(toGroups, interfaces.subnetAddress(toIp)),
        protocol,
        port);
  }
}
