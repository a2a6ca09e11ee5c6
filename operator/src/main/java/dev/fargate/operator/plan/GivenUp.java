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
 * and ECS's own history of deployments. The service's own tag tells whether it was this very wish
 * that was tried, or the spec has changed since.
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
    String attempt = match.present().tags().get(Ownership.ATTEMPT);
    boolean revisionFailed = failedBefore() || failedNow();
    return attempt == null
        ? revisionFailed
        : (revisionFailed
                || draft.observed.rollout() != null && draft.observed.rollout().rolledBack())
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
   * Whether a step would try again what was tried last, as the service's own tag says. Either ECS
   * has rolled it back, or somebody else has deployed something different since: only the history
   * tells.
   */
  static boolean isRetry(Action action) {
    String attempt = action.tags().get(Ownership.ATTEMPT);
    return action.id().kind() == Kind.SERVICE
        && action.verb() == Action.Verb.UPDATE
        && action.startsDeployment()
        && !action.touches("restartToken")
        && attempt != null
        && attempt.equals(action.observed().tags().get(Ownership.ATTEMPT));
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
