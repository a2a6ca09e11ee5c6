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
 * and the event in which ECS went back to the deployment that is the primary one now. The service's
 * own tag tells whether it was this very wish that was tried, or the spec has changed since.
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
        : (revisionFailed || isRollback())
            && attempt.equals(RequiredTags.attempt(wanted, draft.matches.contentHash()));
  }

  /** The wanted revision, if it exists. */
  private Optional<String> revision() {
    return draft.matches.of(Kind.TASK_DEFINITION).stream()
        .flatMap(definition -> draft.matches.resolution().get(definition.id(), Output.ARN).stream())
        .filter(arn -> !arn.equals(actual.taskDefinitionArn().toString()))
        .findFirst();
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

  /** Whether what runs now is what ECS went back to (AWS-FACTS 4.4, 4.5). */
  private boolean isRollback() {
    return deployments()
        .findFirst()
        .map(primary -> "rolling back to deployment " + primary.id())
        .filter(text -> draft.observed.rollout().events().stream().anyMatch(e -> e.contains(text)))
        .isPresent();
  }

  private Stream<Deployment> deployments() {
    return draft.observed.rollout() == null
        ? Stream.empty()
        : draft.observed.rollout().deployments().stream();
  }
}
