package dev.fargate.operator.flow;

import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How long an object has waited for what it refers to. */
final class Waits {
  private Waits() {}

  /** Since ReferencesResolved turned False; zero when it just did. */
  static Duration since(List<Condition> conditions, Instant now) {
    String start =
        Conditions.find(conditions, ConditionType.REFERENCES_RESOLVED)
            .filter(condition -> "False".equals(condition.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElse(null);
    return start == null ? Duration.ZERO : Duration.between(Instant.parse(start), now);
  }
}
