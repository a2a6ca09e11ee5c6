package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.ec2.Network.NetworkInterface;
import dev.fargate.local.aws.ec2.Network.Subnet;
import java.util.List;

/** One zone's way to a file system. */
final class MountTarget {
  final String id;
  final FileSystem fileSystem;
  final Subnet subnet;
  final NetworkInterface networkInterface;
  List<String> groups;
  String state = "creating";

  MountTarget(
      String id,
      FileSystem fileSystem,
      Subnet subnet,
      NetworkInterface networkInterface,
      List<String> groups) {
    this.id = id;
    this.fileSystem = fileSystem;
    this.subnet = subnet;
    this.networkInterface = networkInterface;
    this.groups = groups;
  }

  boolean isAvailable() {
    return state.equals("available");
  }
}
