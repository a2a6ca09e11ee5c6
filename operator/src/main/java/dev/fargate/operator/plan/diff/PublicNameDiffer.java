package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.PublicName;
import java.util.Set;

/** Where a name leads changes in place, in one change batch. */
final class PublicNameDiffer implements Differ<PublicName> {
  @Override
  public Class<PublicName> type() {
    return PublicName.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of();
  }

  @Override
  public void compare(PublicName actual, PublicName wanted, Changes changes) {
    changes
        .field("host", actual.host(), wanted.host(), Effect.REPLACE)
        .field("hostedZoneId", actual.hostedZoneId(), wanted.hostedZoneId(), Effect.REPLACE)
        .field("targetZoneId", actual.targetZoneId(), wanted.targetZoneId(), Effect.IN_PLACE)
        .field("targetDnsName", actual.targetDnsName(), wanted.targetDnsName(), Effect.IN_PLACE);
  }
}
