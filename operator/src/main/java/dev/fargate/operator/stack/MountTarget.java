package dev.fargate.operator.stack;

import java.util.List;

/**
 * Where a zone's tasks reach a file system. AWS gives one per zone, and takes no tags for it: it is
 * owned through its file system, or through its security group where others own that.
 *
 * @param subnetId where it is made; one that is there in another subnet of the zone serves as well,
 *     and moving it would cut the running task off
 */
public record MountTarget(
    ResourceId id, Value fileSystemId, String zone, String subnetId, List<Value> securityGroups)
    implements Resource {
  public MountTarget {
    securityGroups = List.copyOf(securityGroups);
  }

  @Override
  public String physicalName() {
    return zone;
  }
}
