package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.AccessPoint;

/**
 * Everything is create-only; the files stay in the directory whichever access point leads there.
 * What is to be restored takes several steps, which the planner makes.
 */
final class AccessPointDiffer implements Differ<AccessPoint> {
  @Override
  public Class<AccessPoint> type() {
    return AccessPoint.class;
  }

  @Override
  public void compare(AccessPoint actual, AccessPoint wanted, Changes changes) {
    changes
        .field("fileSystemId", actual.fileSystemId(), wanted.fileSystemId(), Effect.REPLACE)
        .field("path", actual.path(), wanted.path(), Effect.REPLACE)
        .field("uid", actual.uid(), wanted.uid(), Effect.REPLACE)
        .field("gid", actual.gid(), wanted.gid(), Effect.REPLACE);
  }
}
