package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.PrivateDnsNamespace;

/** Everything is create-only (AWS-FACTS 8). */
final class PrivateDnsNamespaceDiffer implements Differ<PrivateDnsNamespace> {
  @Override
  public Class<PrivateDnsNamespace> type() {
    return PrivateDnsNamespace.class;
  }

  @Override
  public void compare(PrivateDnsNamespace actual, PrivateDnsNamespace wanted, Changes changes) {
    changes.field("domain", actual.domain(), wanted.domain(), Effect.REPLACE);
    // Cloud Map does not say which VPC a namespace serves; only its hosted zone knows.
    if (actual.vpcId() != null) {
      changes.field("vpcId", actual.vpcId(), wanted.vpcId(), Effect.REPLACE);
    }
  }
}
