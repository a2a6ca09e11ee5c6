package dev.fargate.operator.aws.efs;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.AccessPointNotFoundException;

/** Access points; a repeated token names the one that exists, which is ours by its tags. */
public final class AccessPointRunner implements Runner {
  private final EfsClient efs;
  private final Restores restores;

  public AccessPointRunner(EfsClient efs, Restores restores) {
    this.efs = efs;
    this.restores = restores;
  }

  @Override
  public Kind kind() {
    return Kind.ACCESS_POINT;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    AccessPoint wanted = (AccessPoint) desired;
    try {
      var made =
          efs.createAccessPoint(
              request ->
                  request
                      .clientToken(wanted.name())
                      .fileSystemId(wanted.fileSystemId().toString())
                      .posixUser(user -> user.uid(wanted.uid()).gid(wanted.gid()))
                      .rootDirectory(
                          root ->
                              root.path(wanted.path())
                                  .creationInfo(
                                      info ->
                                          info.ownerUid(wanted.uid())
                                              .ownerGid(wanted.gid())
                                              .permissions(wanted.permissions())))
                      .tags(EfsTags.of(tags)));
      return outputs(made.accessPointId(), made.accessPointArn());
    } catch (AccessPointAlreadyExistsException exists) {
      AccessPointDescription there =
          efs
              .describeAccessPointsPaginator(
                  request -> request.accessPointId(exists.accessPointId()))
              .accessPoints()
              .stream()
              .filter(point -> Ownership.owns(owner, EfsTags.map(point.tags())))
              .findFirst()
              .orElseThrow(() -> exists);
      return outputs(there.accessPointId(), there.accessPointArn());
    }
  }

  private static Map<Output, String> outputs(String id, String arn) {
    return Map.of(Output.ID, id, Output.ARN, arn);
  }

  /** Only tags, and what is brought back into the directory: everything else is create-only. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    if (action.touches("restore")) {
      restores.step(owner, action, (AccessPoint) desired);
    }
    EfsTags.write(efs, action.observed().outputs().get(Output.ID), TagChanges.of(action));
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      efs.deleteAccessPoint(request -> request.accessPointId(observed.outputs().get(Output.ID)));
    } catch (AccessPointNotFoundException gone) {
      // What was to be reached.
    }
  }
}
