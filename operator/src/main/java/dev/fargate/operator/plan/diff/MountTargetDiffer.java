package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.MountTarget;

/** File system and zone decide; in which subnet of the zone it stands makes no difference. */
final class MountTargetDiffer implements Differ<MountTarget> {
  @Override
  public Class<MountTarget> type() {
    return MountTarget.class;
  }

  @Override
  public void compare(MountTarget actual, MountTarget wanted, Changes changes) {
    changes
        .field("fileSystemId", actual.fileSystemId(), wanted.fileSystemId(), Effect.REPLACE)
        .field("zone", actual.zone(), wanted.zone(), Effect.REPLACE)
        .set("securityGroups", actual.securityGroups(), wanted.securityGroups(), Effect.IN_PLACE);
  }
}
