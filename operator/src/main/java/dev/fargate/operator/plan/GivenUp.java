package dev.fargate.operator.plan;

import dev.fargate.operator.stack.ContentHash;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.util.Set;

/**
 * A rollback is a failure (decision 16): ECS has tried what is wanted and gone back. It is not
 * tried again until the spec changes.
 */
final class GivenUp {
  private GivenUp() {}

  /** A new wish for a restart, or the same image on another network, is worth another try. */
  static boolean is(Draft draft) {
    Match match = draft.matches.service().filter(Match::exists).orElse(null);
    if (match == null) {
      return false;
    }
    Service wanted = (Service) match.wanted();
    Service actual = (Service) match.present().actual();
    Value definition = draft.matches.resolution().resolve(wanted.taskDefinitionArn());
    boolean failed =
        !definition.equals(actual.taskDefinitionArn())
            && draft.matches.of(Kind.TASK_DEFINITION).stream().anyMatch(m -> hasFailed(draft, m));
    boolean restart =
        wanted.restartToken() != null && !wanted.restartToken().equals(actual.restartToken());
    String attempt = match.present().tags().get(Ownership.ATTEMPT);
    boolean tried = attempt == null || attempt.equals(RequiredTags.attempt(wanted));
    return failed && tried && !restart;
  }

  private static boolean hasFailed(Draft draft, Match definition) {
    Set<String> failed = draft.options.failedRevisions();
    return definition.exists() && failed.contains(Matcher.arn(definition.present()))
        || ContentHash.of((TaskDefinition) definition.wanted(), draft.matches.resolution())
            .filter(failed::contains)
            .isPresent();
  }
}
