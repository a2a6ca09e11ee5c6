package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Secret;

/** Knows only whether the stored values are the right ones, never the values (decision 12). */
final class SecretDiffer implements Differ<Secret> {
  @Override
  public Class<Secret> type() {
    return Secret.class;
  }

  @Override
  public void compare(Secret actual, Secret wanted, Changes changes) {
    changes.field("name", actual.name(), wanted.name(), Effect.REPLACE);
    // Not compared yet is not different: the next look knows.
    if (actual.content() == Secret.Content.DIFFERENT) {
      changes.add(new FieldChange("content", "***", "(secret changed)", Effect.IN_PLACE));
    }
  }
}
