package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.SecurityGroupRule;

/** A rule is its content: another content is another rule. The description does not count. */
final class SecurityGroupRuleDiffer implements Differ<SecurityGroupRule> {
  @Override
  public Class<SecurityGroupRule> type() {
    return SecurityGroupRule.class;
  }

  @Override
  public void compare(SecurityGroupRule actual, SecurityGroupRule wanted, Changes changes) {
    changes
        .field("groupId", actual.groupId(), wanted.groupId(), Effect.REPLACE)
        .field("protocol", actual.protocol(), wanted.protocol(), Effect.REPLACE)
        .field("fromPort", actual.fromPort(), wanted.fromPort(), Effect.REPLACE)
        .field("toPort", actual.toPort(), wanted.toPort(), Effect.REPLACE)
        .field("peer", actual.peer(), wanted.peer(), Effect.REPLACE);
  }
}
