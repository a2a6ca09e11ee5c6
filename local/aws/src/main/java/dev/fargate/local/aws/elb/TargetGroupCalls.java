package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Target groups as clients make, read, change and delete them. */
final class TargetGroupCalls {
  private static final int MAX_GROUPS = 3000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
  private static final int MAX_NAME = 32;

  private final Inventory inventory;
  private final Network network;
  private final HealthChecking health;
  private final Runnable changed;

  TargetGroupCalls(Inventory inventory, Network network, HealthChecking health, Runnable changed) {
    this.inventory = inventory;
    this.network = network;
    this.health = health;
    this.changed = changed;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateTargetGroup", this::create,
        "DescribeTargetGroups", this::describe,
        "ModifyTargetGroup", this::modify,
        "DeleteTargetGroup", this::delete,
        "ModifyTargetGroupAttributes", this::modifyAttributes,
        "DescribeTargetGroupAttributes", this::describeAttributes);
  }

  private Struct create(Struct input, Caller caller) {
    Map<String, String> tags = Tags.parse(input);
    Group.Fixed fixed = fixed(input);
    HealthCheck check = HealthCheck.of(input);
    Optional<Group> existing =
        inventory.groups.values().stream()
            .filter(group -> group.fixed.name().equals(fixed.name()))
            .findFirst();
    if (existing.isPresent()) {
      if (!existing.get().fixed.equals(fixed) || !existing.get().healthCheck.equals(check)) {
        throw new AwsException(
            "DuplicateTargetGroupName",
            "A target group with the same name '"
                + fixed.name()
                + "' exists, but with different settings");
      }
      return rows(List.of(existing.get()));
    }
    if (inventory.groups.size() >= MAX_GROUPS) {
      throw new AwsException(
          "TooManyTargetGroups", "The limit of " + MAX_GROUPS + " target groups has been reached");
    }
    Group group = new Group(inventory.arns.targetGroup(caller, fixed.name()), fixed, check);
    inventory.groups.put(group.arn, group);
    inventory.tags.put(group.arn, tags);
    changed.run();
    return rows(List.of(group));
  }

  private Group.Fixed fixed(Struct input) {
    String name = input.required("Name");
    if (name.length() > MAX_NAME) {
      throw ElbErrors.validation(
          "Target group name '" + name + "' cannot be longer than '32' characters");
    }
    if (!NAME.matcher(name).matches()) {
      throw ElbErrors.validation(
          "Target group name '"
              + name
              + "' can only contain characters that are alphanumeric characters and hyphens(-),"
              + " and cannot begin or end with a hyphen");
    }
    String type = input.string("TargetType").orElse("instance");
    if (!type.equals("ip") && !type.equals("instance")) {
      throw ElbErrors.unsupported("Target type '" + type + "'", "use 'ip'");
    }
    String protocol =
        input
            .string("Protocol")
            .orElseThrow(() -> ElbErrors.validation("A protocol must be specified"));
    if (!protocol.equals("HTTP")) {
      throw ElbErrors.unsupported("Target group protocol " + protocol, "use HTTP");
    }
    String version = input.string("ProtocolVersion").orElse("HTTP1");
    if (!version.equals("HTTP1")) {
      throw ElbErrors.unsupported("Protocol version " + version, "use HTTP1");
    }
    String ipAddressType = input.string("IpAddressType").orElse("ipv4");
    if (!ipAddressType.equals("ipv4")) {
      throw ElbErrors.unsupported("IP address type '" + ipAddressType + "'", "use 'ipv4'");
    }
    if (input.has("TargetControlPort")) {
      throw ElbErrors.unsupported("TargetControlPort", "leave it out");
    }
    int port =
        input.integer("Port").orElseThrow(() -> ElbErrors.validation("A port must be specified"));
    String vpcId =
        input.string("VpcId").orElseThrow(() -> ElbErrors.validation("A VPC ID must be specified"));
    if (!network.hasVpc(vpcId)) {
      throw ElbErrors.validation("The VPC ID '" + vpcId + "' is not found");
    }
    return new Group.Fixed(name, protocol, version, port, vpcId, type, ipAddressType);
  }

  private Struct describe(Struct input, Caller caller) {
    List<String> arns = input.strings("TargetGroupArns");
    List<String> names = input.strings("Names");
    Optional<String> balancerArn = input.string("LoadBalancerArn");
    arns.forEach(inventory::group);
    balancerArn.ifPresent(inventory::balancer);
    for (String name : names) {
      if (inventory.groups.values().stream().noneMatch(each -> each.fixed.name().equals(name))) {
        throw new AwsException(
            "TargetGroupNotFound", "One or more target groups not found: '" + name + "'");
      }
    }
    List<Group> rows =
        inventory.groups.values().stream()
            .filter(each -> arns.isEmpty() || arns.contains(each.arn))
            .filter(each -> names.isEmpty() || names.contains(each.fixed.name()))
            .filter(
                each ->
                    balancerArn.isEmpty()
                        || (each.balancer != null && each.balancer.arn.equals(balancerArn.get())))
            .toList();
    return Marker.page(input, "TargetGroups", rows, TargetGroupCalls::render);
  }

  private Struct modify(Struct input, Caller caller) {
    Group group = inventory.group(input.required("TargetGroupArn"));
    group.healthCheck = group.healthCheck.changedBy(input);
    return rows(List.of(group));
  }

  private Struct delete(Struct input, Caller caller) {
    Group group = inventory.groups.get(input.required("TargetGroupArn"));
    if (group == null) {
      return Struct.of(); // Deleting what is gone succeeds (AWS-FACTS 5).
    }
    if (inventory.balancerOf(group.arn).isPresent()) {
      throw new AwsException(
          "ResourceInUse",
          "Target group '" + group.arn + "' is currently in use by a listener or a rule");
    }
    group.targets.values().forEach(health::stop);
    inventory.groups.remove(group.arn);
    inventory.tags.removeAll(group.arn);
    changed.run();
    return Struct.of();
  }

  private Struct modifyAttributes(Struct input, Caller caller) {
    inventory
        .group(input.required("TargetGroupArn"))
        .attributes
        .modify(input.structs("Attributes"));
    return describeAttributes(input, caller);
  }

  private Struct describeAttributes(Struct input, Caller caller) {
    Group group = inventory.group(input.required("TargetGroupArn"));
    return Struct.of().with("Attributes", group.attributes.structs());
  }

  private static Struct rows(List<Group> groups) {
    return Struct.of().with("TargetGroups", groups.stream().map(TargetGroupCalls::render).toList());
  }

  private static Struct render(Group group) {
    return group.healthCheck.render(
        Struct.of()
            .with("TargetGroupArn", group.arn)
            .with("TargetGroupName", group.fixed.name())
            .with("Protocol", group.fixed.protocol())
            .with("ProtocolVersion", group.fixed.protocolVersion())
            .with("Port", group.fixed.port())
            .with("VpcId", group.fixed.vpcId())
            .with("TargetType", group.fixed.targetType())
            .with("IpAddressType", group.fixed.ipAddressType())
            .with(
                "LoadBalancerArns",
                group.balancer == null ? List.of() : List.of(group.balancer.arn)));
  }
}
