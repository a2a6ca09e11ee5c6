package dev.fargate.operator.flow;

import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the last conditions tell of how long an object has waited. */
final class Waits {
  private Waits() {}

  /** Whether a pass has ever got as far as AWS. */
  static boolean hasSeen(List<Condition> conditions) {
    return Conditions.find(conditions, ConditionType.READY)
        .filter(ready -> !Reason.NOT_OBSERVED.text().equals(ready.getReason()))
        .isPresent();
  }

  /** Since this very thing is missing; zero when it just went, or another one has come. */
  static Duration since(List<Condition> conditions, Missing missing, Instant now) {
    String start =
        Conditions.find(conditions, ConditionType.REFERENCES_RESOLVED)
            .filter(condition -> "False".equals(condition.getStatus()))
            .filter(condition -> missing.message().equals(condition.getMessage()))
            .map(Condition::getLastTransitionTime)
            .orElse(null);
    return start == null ? Duration.ZERO : Duration.between(Instant.parse(start), now);
  }
}
