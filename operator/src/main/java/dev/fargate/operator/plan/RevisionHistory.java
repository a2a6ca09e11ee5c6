package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Kind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which old task definition revisions go: those beyond the history limit, counted from the newest.
 * Never the requested one, the serving one, one that a deployment names, the last good one or one
 * that a rollback has left (it must stay known).
 */
final class RevisionHistory {
  private RevisionHistory() {}

  /** The number in {@code ...:task-definition/family:12}; 0 when there is none. */
  static int number(ObservedResource revision) {
    String arn = Matcher.arn(revision);
    String number = arn.substring(arn.lastIndexOf(':') + 1);
    return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
  }

  /**
   * What is in excess once the plan is carried out: what serves until then may be among it.
   *
   * @param settled the requested revision serves already
   */
  static List<ObservedResource> excess(Draft draft, boolean settled) {
    Set<String> kept = new HashSet<>(draft.options.keptRevisions());
    draft.matches.of(Kind.TASK_DEFINITION).stream()
        .filter(Match::exists)
        .forEach(match -> kept.add(Matcher.arn(match.present())));
    Set<String> failed = draft.options.failedRevisions();
    if (settled && draft.running.exists()) {
      kept.add(draft.running.service().taskDefinitionArn().toString());
      if (draft.observed.rollout() != null) {
        draft.observed.rollout().deployments().forEach(d -> kept.add(d.taskDefinitionArn()));
      }
    }
    return draft.matches.revisions().stream()
        .filter(revision -> revision.lifecycle() == ObservedResource.Lifecycle.ACTIVE)
        .filter(revision -> !kept.contains(Matcher.arn(revision)))
        .filter(revision -> !failed.contains(Matcher.arn(revision)))
        .filter(
            revision -> revision.contentHash() == null || !failed.contains(revision.contentHash()))
        .sorted(Comparator.comparingInt(RevisionHistory::number).reversed())
        .skip(draft.options.revisionHistoryLimit())
        .toList();
  }
}
