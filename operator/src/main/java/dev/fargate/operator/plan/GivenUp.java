package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Service;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rollback is a failure (decision 16): ECS has tried what is wanted and gone back. It is not
 * tried again until the spec changes or somebody asks for a restart.
 *
 * <p>Three things tell of a rollback: the given history, a failed deployment that ECS still lists,
 * and ECS's own history of deployments. Whether it was this very wish that was tried, or the spec
 * has changed since, is told by the service's own tag, and where that was never written, because
 * the process ended before, by what ECS says that the newest deployment had asked for (ADR 8).
 */
final class GivenUp {
  private final Draft draft;
  private final Match match;
  private final Service wanted;
  private final Service actual;

  private GivenUp(Draft draft, Match match) {
    this.draft = draft;
    this.match = match;
    this.wanted = (Service) match.wanted();
    this.actual = (Service) match.present().actual();
  }

  static boolean is(Draft draft) {
    return draft
        .matches
        .service()
        .filter(match -> match.state() == Match.State.PRESENT)
        .map(match -> new GivenUp(draft, match).is())
        .orElse(false);
  }

  private boolean is() {
    boolean asWanted =
        Differs.changes(actual, match.resolved()).stream()
            .noneMatch(change -> change.effect() == Effect.DEPLOYMENT);
    boolean restart =
        wanted.restartToken() != null && !wanted.restartToken().equals(actual.restartToken());
    if (asWanted || restart) {
      return false;
    }
    RolledBack rolledBack =
        draft.observed.rollout() == null ? null : draft.observed.rollout().rolledBack();
    if (rolledBack != null && rolledBack.askedFor((Service) match.resolved())) {
      return true;
    }
    String attempt = match.present().tags().get(Ownership.ATTEMPT);
    boolean revisionFailed = failedBefore() || failedNow();
    return attempt == null
        ? revisionFailed
        : (revisionFailed || rolledBack != null)
            && attempt.equals(RequiredTags.attempt(wanted, draft.matches.contentHash()));
  }

  /** The wanted revision, if it exists. */
  private Optional<String> revision() {
    return draft.matches.of(Kind.TASK_DEFINITION).stream()
        .flatMap(definition -> draft.matches.resolution().get(definition.id(), Output.ARN).stream())
        .filter(arn -> !arn.equals(actual.taskDefinitionArn().toString()))
        .findFirst();
  }

  /**
   * Whether a step may try again what ECS has rolled back: only the history tells. That it is
   * another wish than the tag remembers proves nothing, since the tag is written after the update.
   */
  static boolean mayBeRetry(Action action) {
    return action.id().kind() == Kind.SERVICE
        && action.verb() == Action.Verb.UPDATE
        && action.startsDeployment()
        && !action.touches("restartToken");
  }

  private boolean failedBefore() {
    Set<String> failed = draft.options.failedRevisions();
    return revision().filter(failed::contains).isPresent()
        || failed.contains(draft.matches.contentHash());
  }

  private boolean failedNow() {
    return deployments()
        .filter(deployment -> "FAILED".equals(deployment.rolloutState()))
        .anyMatch(
            deployment -> revision().filter(deployment.taskDefinitionArn()::equals).isPresent());
  }

  private Stream<Deployment> deployments() {
    return draft.observed.rollout() == null
        ? Stream.empty()
        : draft.observed.rollout().deployments().stream();
  }
}
