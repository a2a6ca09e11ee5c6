package dev.fargate.operator.plan;

import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.build.Ids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which task definition revisions go: old ones beyond the history limit, counted from the newest,
 * those that only a process can have left that lost its Lease meanwhile, and those whose deletion
 * was interrupted once they were deregistered (nothing can be started from them). Never the
 * requested one, the serving one, one that a deployment names, the last good one or one that a
 * rollback has left (it must stay known).
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
    kept.addAll(failed);
    if (settled && draft.running.exists()) {
      kept.add(draft.running.service().taskDefinitionArn().toString());
      if (draft.observed.rollout() != null) {
        draft.observed.rollout().deployments().forEach(d -> kept.add(d.taskDefinitionArn()));
      }
    }
    Set<String> contents = new HashSet<>();
    // There may be one that mounts what is no more: it is replaced by one of the same content.
    contents.add(draft.matches.contentHash());
    draft.matches.revisions().stream()
        .filter(revision -> kept.contains(Matcher.arn(revision)))
        .forEach(revision -> contents.add(revision.contentHash()));
    List<ObservedResource> excess = new ArrayList<>();
    List<ObservedResource> history = new ArrayList<>();
    draft.matches.revisions().stream()
        .filter(revision -> !isOfRestore(revision))
        .filter(revision -> revision.lifecycle() != Lifecycle.DELETING)
        .filter(revision -> !kept.contains(Matcher.arn(revision)))
        .sorted(Comparator.comparingInt(RevisionHistory::number).reversed())
        .forEach(revision -> (isInHistory(revision, contents) ? history : excess).add(revision));
    history.removeIf(revision -> failed.contains(String.valueOf(revision.contentHash())));
    history.stream().skip(draft.options.revisionHistoryLimit()).forEach(excess::add);
    return excess;
  }

  /** Whether somebody may want to go back to it; remembers its content. */
  private static boolean isInHistory(ObservedResource revision, Set<String> contents) {
    return revision.lifecycle() == Lifecycle.ACTIVE
        && (revision.contentHash() == null || contents.add(revision.contentHash()));
  }

  /** Whether there is another one of its content, and no deployment runs this one. */
  static boolean isRepeated(Draft draft, ObservedResource revision) {
    String arn = Matcher.arn(revision);
    boolean runs =
        draft.running.exists()
            && arn.equals(draft.running.service().taskDefinitionArn().toString());
    boolean deployed =
        draft.observed.rollout() != null
            && draft.observed.rollout().deployments().stream()
                .anyMatch(deployment -> arn.equals(deployment.taskDefinitionArn()));
    return !runs
        && !deployed
        && revision.contentHash() != null
        && draft.matches.revisions().stream()
            .filter(other -> !other.equals(revision))
            .anyMatch(other -> revision.contentHash().equals(other.contentHash()));
  }

  /** What a restore has registered for its one task: it goes with that. */
  static List<ObservedResource> leftByRestore(Draft draft) {
    return draft.matches.revisions().stream().filter(RevisionHistory::isOfRestore).toList();
  }

  private static boolean isOfRestore(ObservedResource revision) {
    return revision.actual().id().equals(Ids.MOVER);
  }
}
