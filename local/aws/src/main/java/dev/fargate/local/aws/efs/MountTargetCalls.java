package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.ec2.Network.NetworkInterface;
import dev.fargate.local.aws.ec2.Network.Subnet;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Making, changing, describing and deleting mount targets: one per zone, all in one VPC. */
final class MountTargetCalls {
  private static final int MAX_GROUPS = 5;

  private final EfsState state;
  private final Scheduler scheduler;
  private final Timing timing;
  private final Network network;

  MountTargetCalls(EfsState state, Scheduler scheduler, Timing timing, Network network) {
    this.state = state;
    this.scheduler = scheduler;
    this.timing = timing;
    this.network = network;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateMountTarget", this::create,
        "DescribeMountTargets", this::describe,
        "DescribeMountTargetSecurityGroups", (input, caller) -> groups(input),
        "ModifyMountTargetSecurityGroups", (input, caller) -> setGroups(input),
        "DeleteMountTarget", (input, caller) -> delete(input));
  }

  private Struct create(Struct input, Caller caller) {
    FileSystem system = state.fileSystem(input.required("FileSystemId"));
    if (!system.isAvailable()) {
      throw EfsErrors.conflict(
          "IncorrectFileSystemLifeCycleState",
          "File system '" + system.id + "' is in state " + system.state + ", not available.");
    }
    for (String member : List.of("IpAddress", "Ipv6Address", "IpAddressType")) {
      if (input.has(member)) {
        throw EfsErrors.bad(member + " is not supported by the local endpoint; leave it out.");
      }
    }
    String subnetId = input.required("SubnetId");
    Subnet subnet =
        network
            .subnet(subnetId)
            .orElseThrow(
                () ->
                    new AwsException(
                        "SubnetNotFound", "The subnet ID '" + subnetId + "' does not exist"));
    for (MountTarget other : state.mountTargetsOf(system)) {
      if (!other.subnet.vpcId().equals(subnet.vpcId())) {
        throw EfsErrors.conflict(
            "MountTargetConflict",
            "requested subnet for new mount target is not in the same VPC as existing mount"
                + " targets");
      }
      if (other.subnet.availabilityZone().equals(subnet.availabilityZone())) {
        throw EfsErrors.conflict("MountTargetConflict", "mount target already exists in this AZ");
      }
    }
    List<String> groups = groups(input.strings("SecurityGroups"), subnet);
    String id = state.nextId("fsmt-");
    NetworkInterface attached =
        network.attach(subnetId, groups, "EFS mount target for " + system.id + " (" + id + ")");
    MountTarget made = new MountTarget(id, system, subnet, attached, groups);
    state.mountTargets.put(id, made);
    scheduler.after(
        timing.mountTarget(),
        "make mount target " + id,
        () -> made.state = made.state.equals("creating") ? "available" : made.state);
    return description(made, caller);
  }

  private List<String> groups(List<String> asked, Subnet subnet) {
    if (asked.size() > MAX_GROUPS) {
      throw new AwsException(
          "SecurityGroupLimitExceeded", "At most " + MAX_GROUPS + " security groups.");
    }
    for (String group : asked) {
      if (!network.vpcOfSecurityGroup(group).equals(java.util.Optional.of(subnet.vpcId()))) {
        throw new AwsException(
            "SecurityGroupNotFound",
            "One or more of the security groups provided was not found in the subnet's VPC: "
                + group);
      }
    }
    return asked.isEmpty() ? List.of(network.defaultSecurityGroup(subnet.vpcId())) : asked;
  }

  private Struct describe(Struct input, Caller caller) {
    Stream<MountTarget> found;
    if (input.has("FileSystemId")) {
      found = state.mountTargetsOf(state.fileSystem(input.required("FileSystemId"))).stream();
    } else if (input.has("MountTargetId")) {
      found = Stream.of(state.mountTarget(input.required("MountTargetId")));
    } else if (input.has("AccessPointId")) {
      AccessPoint point = state.accessPoint(input.required("AccessPointId"));
      found = state.mountTargetsOf(point.fileSystem).stream();
    } else {
      throw EfsErrors.bad("one of FileSystemId, MountTargetId or AccessPointId is required");
    }
    // A file system has one per zone: there is never a second page.
    return Struct.of()
        .with("MountTargets", found.map(target -> description(target, caller)).toList());
  }

  private Struct groups(Struct input) {
    return Struct.of()
        .with("SecurityGroups", state.mountTarget(input.required("MountTargetId")).groups);
  }

  private Struct setGroups(Struct input) {
    MountTarget target = state.mountTarget(input.required("MountTargetId"));
    if (!target.isAvailable()) {
      throw EfsErrors.conflict(
          "IncorrectMountTargetState",
          "Mount target '" + target.id + "' is in state " + target.state + ".");
    }
    target.groups = groups(input.strings("SecurityGroups"), target.subnet);
    network.setGroups(target.networkInterface.id(), target.groups);
    return Struct.of();
  }

  private Struct delete(Struct input) {
    MountTarget target = state.mountTarget(input.required("MountTargetId"));
    if (!target.state.equals("deleting")) {
      target.state = "deleting";
      scheduler.after(
          timing.mountTargetGone(),
          "delete mount target " + target.id,
          () -> {
            state.mountTargets.remove(target.id);
            network.detach(target.networkInterface.id());
          });
    }
    return Struct.of();
  }

  private static Struct description(MountTarget target, Caller caller) {
    return Struct.of()
        .with("OwnerId", caller.accountId())
        .with("MountTargetId", target.id)
        .with("FileSystemId", target.fileSystem.id)
        .with("SubnetId", target.subnet.id())
        .with("LifeCycleState", target.state)
        .with("IpAddress", target.networkInterface.privateIp())
        .with("NetworkInterfaceId", target.networkInterface.id())
        .with("AvailabilityZoneName", target.subnet.availabilityZone())
        .with("VpcId", target.subnet.vpcId());
  }
}
