package dev.fargate.operator.status;

import dev.fargate.operator.plan.Plan.Conflict;
import java.util.List;
import java.util.stream.Collectors;

/** What others hold that is wanted, in words, and what to do about it. */
final class Conflicts {
  private static final String CLAIM =
      ". Take another host or path (spec.ingresses), or remove it there: then this goes on by"
          + " itself.";

  private static final String NAME =
      ". Nothing of others is touched: remove it, rename this object, or see spec.adoption.";

  private Conflicts() {}

  /**
   * @param conflicts at least one
   */
  static String told(List<Conflict> conflicts) {
    return conflicts.stream()
            .map(conflict -> conflict.what() + " is held by " + conflict.holder())
            .collect(Collectors.joining("; "))
        + (conflicts.stream().anyMatch(Conflict::isClaim) ? CLAIM : NAME);
  }
}
