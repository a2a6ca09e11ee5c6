package dev.fargate.operator.flow;

import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
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

  /** How long AWS has not been as the spec says; zero when it was until now. */
  static Duration outOfStep(List<Condition> conditions, Instant now) {
    return Conditions.find(conditions, ConditionType.SYNCED)
        .filter(synced -> "False".equals(synced.getStatus()))
        .map(synced -> since(synced.getLastTransitionTime(), now))
        .orElse(Duration.ZERO);
  }

  /** How long an object has been on its way out; zero when it is not. */
  static Duration deleting(HasMetadata object, Instant now) {
    return since(object.getMetadata().getDeletionTimestamp(), now);
  }

  /** Since this very thing is missing; zero when it just went, or another one has come. */
  static Duration since(List<Condition> conditions, Missing missing, Instant now) {
    return Conditions.find(conditions, ConditionType.REFERENCES_RESOLVED)
        .filter(condition -> "False".equals(condition.getStatus()))
        .filter(condition -> missing.message().equals(condition.getMessage()))
        .map(condition -> since(condition.getLastTransitionTime(), now))
        .orElse(Duration.ZERO);
  }

  private static Duration since(String time, Instant now) {
    return time == null ? Duration.ZERO : Duration.between(Instant.parse(time), now);
  }
}
