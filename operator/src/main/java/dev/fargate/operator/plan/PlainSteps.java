package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalingPolicy;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creating what is missing and changing what differs, where one step is all it takes. */
final class PlainSteps {
  /** These are replaced or changed in several steps. */
  private static final Set<Kind> STAGED = Set.of(Kind.LISTENER_RULE, Kind.SERVICE);

  private final Draft draft;

  PlainSteps(Draft draft) {
    this.draft = draft;
  }

  void plan() {
    for (Match match : draft.matches.all()) {
      if (STAGED.contains(match.id().kind())) {
        continue;
      }
      if (match.wanted() instanceof TaskDefinition wanted) {
        plan(match, wanted);
      } else if (match.state() == State.MISSING || match.state() == State.BLOCKED) {
        Step step = draft.create(match, inOneStep(match.wanted()));
        step.reason = whyReplaced(match);
      } else if (match.state() == State.PRESENT) {
        draft.update(
            match,
            inOneStep(match.wanted()),
            Differs.changes(match.present().actual(), match.resolved()));
      }
    }
  }

  /** Without what is brought back into it, which takes several. */
  private static Resource inOneStep(Resource wanted) {
    return wanted instanceof AccessPoint accessPoint ? accessPoint.asMade() : wanted;
  }

  /** Another content is another revision; of a revision that is there only tags can change. */
  private void plan(Match match, TaskDefinition wanted) {
    if (match.state() == State.MISSING && !GivenUp.is(draft)) {
      Optional<ObservedResource> serving = serving();
      List<FieldChange> changes =
          serving.map(now -> Differs.changes(now.actual(), match.resolved())).orElse(List.of());
      draft.create(match, wanted, serving.orElse(null), changes);
    } else if (match.state() == State.PRESENT) {
      draft.update(match, wanted, List.of());
    }
  }

  private Optional<ObservedResource> serving() {
    if (!draft.running.exists()) {
      return Optional.empty();
    }
    String arn = draft.running.service().taskDefinitionArn().toString();
    return draft.matches.revisions().stream()
        .filter(revision -> Matcher.arn(revision).equals(arn))
        .findFirst();
  }

  private static String whyReplaced(Match match) {
    if (match.predecessors().isEmpty()) {
      return null;
    }
    String earlier = match.predecessors().get(0).actual().physicalName();
    return switch (match.id().kind()) {
      case TARGET_GROUP ->
          "replaces " + earlier + ": made beside it, then the traffic moves, then it is deleted";
      case DISCOVERY_SERVICE ->
          match.state() == State.BLOCKED
              ? "replaces one of the same name, and two cannot coexist: the name does not resolve"
                  + " until the tasks have left the one and joined the other"
              : "replaces " + earlier + ": that name stops resolving as the tasks are replaced";
      default -> "replaces " + earlier;
    };
  }

  /** What a step needs beside the things it refers to. */
  void order() {
    for (Step policy : draft.writes(Kind.SCALING_POLICY)) {
      policy.after(draft.of(Verb.CREATE, Kind.SCALABLE_TARGET));
      if (((ScalingPolicy) policy.desired).resourceLabel() != null) {
        // Requests can only be counted where a load balancer forwards to the target group.
        policy.after(draft.of(Verb.CREATE, Kind.LISTENER_RULE));
      }
    }
  }
}
