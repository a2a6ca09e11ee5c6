package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.FileSystem;

/**
 * Never a replacement, whatever differs: a new one would be empty. What AWS cannot change is looked
 * at before planning, and a person is told.
 */
final class FileSystemDiffer implements Differ<FileSystem> {
  @Override
  public Class<FileSystem> type() {
    return FileSystem.class;
  }

  @Override
  public void compare(FileSystem actual, FileSystem wanted, Changes changes) {
    changes.field(
        "throughputMode", actual.throughputMode(), wanted.throughputMode(), Effect.IN_PLACE);
  }
}
