package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.SecurityGroup;

/** The name, whose hash covers the VPC, decides; the description is not worth another group. */
final class SecurityGroupDiffer implements Differ<SecurityGroup> {
  @Override
  public Class<SecurityGroup> type() {
    return SecurityGroup.class;
  }

  @Override
  public void compare(SecurityGroup actual, SecurityGroup wanted, Changes changes) {
    changes.field("name", actual.name(), wanted.name(), Effect.REPLACE);
  }
}
