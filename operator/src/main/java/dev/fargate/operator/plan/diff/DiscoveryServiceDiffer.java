package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.DiscoveryService;
import java.util.Locale;
import java.util.Set;

/** Only the TTL can change in place (AWS-FACTS 8). */
final class DiscoveryServiceDiffer implements Differ<DiscoveryService> {
  @Override
  public Class<DiscoveryService> type() {
    return DiscoveryService.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of("ttlSeconds");
  }

  @Override
  public void compare(DiscoveryService actual, DiscoveryService wanted, Changes changes) {
    changes
        .field(
            "name",
            actual.name().toLowerCase(Locale.ROOT),
            wanted.name().toLowerCase(Locale.ROOT),
            Effect.REPLACE)
        .field("namespaceId", actual.namespaceId(), wanted.namespaceId(), Effect.REPLACE)
        .field("recordType", actual.recordType(), wanted.recordType(), Effect.REPLACE)
        .field("ttlSeconds", actual.ttlSeconds(), wanted.ttlSeconds(), Effect.IN_PLACE);
  }
}
