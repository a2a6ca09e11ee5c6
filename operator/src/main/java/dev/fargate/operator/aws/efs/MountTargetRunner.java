package dev.fargate.operator.aws.efs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.MountTargetConflictException;
import software.amazon.awssdk.services.efs.model.MountTargetDescription;
import software.amazon.awssdk.services.efs.model.MountTargetNotFoundException;

/**
 * Mount targets. There is no token: a repeated request meets MountTargetConflict, and the one that
 * is there is ours if it stands in exactly our groups.
 */
public final class MountTargetRunner implements Runner {
  private final EfsClient efs;

  public MountTargetRunner(EfsClient efs) {
    this.efs = efs;
  }

  @Override
  public Kind kind() {
    return Kind.MOUNT_TARGET;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    MountTarget wanted = (MountTarget) desired;
    try {
      return outputs(
          efs.createMountTarget(
                  request ->
                      request
                          .fileSystemId(wanted.fileSystemId().toString())
                          .subnetId(wanted.subnetId())
                          .securityGroups(groups(wanted)))
              .mountTargetId());
    } catch (MountTargetConflictException exists) {
      return efs
          .describeMountTargetsPaginator(
              request -> request.fileSystemId(wanted.fileSystemId().toString()))
          .mountTargets()
          .stream()
          .filter(target -> target.availabilityZoneName().equals(wanted.zone()))
          .map(MountTargetDescription::mountTargetId)
          .filter(id -> groupsOf(id).equals(groups(wanted)))
          .findFirst()
          .map(MountTargetRunner::outputs)
          .orElseThrow(() -> exists);
    }
  }

  private static List<String> groups(MountTarget wanted) {
    return wanted.securityGroups().stream().map(Object::toString).sorted().toList();
  }

  private List<String> groupsOf(String mountTargetId) {
    return efs
        .describeMountTargetSecurityGroups(request -> request.mountTargetId(mountTargetId))
        .securityGroups()
        .stream()
        .sorted()
        .toList();
  }

  private static Map<Output, String> outputs(String id) {
    return Map.of(Output.ID, id);
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    efs.modifyMountTargetSecurityGroups(
        request ->
            request
                .mountTargetId(action.observed().outputs().get(Output.ID))
                .securityGroups(groups((MountTarget) desired)));
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      efs.deleteMountTarget(request -> request.mountTargetId(observed.outputs().get(Output.ID)));
    } catch (MountTargetNotFoundException gone) {
      // What was to be reached.
    }
  }
}
