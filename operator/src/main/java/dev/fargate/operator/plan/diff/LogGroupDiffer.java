package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.LogGroup;
import java.util.Set;

/** Whether it is kept on deletion is a tag, and compared as one. */
final class LogGroupDiffer implements Differ<LogGroup> {
  @Override
  public Class<LogGroup> type() {
    return LogGroup.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of("retentionDays");
  }

  @Override
  public void compare(LogGroup actual, LogGroup wanted, Changes changes) {
    changes
        .field("name", actual.name(), wanted.name(), Effect.REPLACE)
        .field("retentionDays", actual.retentionDays(), wanted.retentionDays(), Effect.IN_PLACE);
  }
}
