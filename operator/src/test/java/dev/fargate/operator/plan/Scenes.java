package dev.fargate.operator.plan;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What planner tests start from, and how they name what they find. */
final class Scenes {
  private Scenes() {}

  /** The app runs as {@link Apps#web} says, changed. */
  static SimulatedAws running(Consumer<FargateAppSpec> change) {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(change)));
    return aws;
  }

  static SimulatedAws running() {
    return running(spec -> {});
  }

  static Plan plan(SimulatedAws aws, Consumer<FargateAppSpec> change) {
    return Planner.plan(Apps.stack(Apps.web(change)), aws.observed(), Apps.options());
  }

  static Plan delete(SimulatedAws aws, PlanOptions options) {
    return Planner.plan(Stack.empty(Apps.OWNER), aws.observed(), options);
  }

  /** {@code CREATE TargetGroup/web} and so on, in the plan's order. */
  static List<String> steps(Plan plan) {
    return plan.actions().stream().map(action -> action.verb() + " " + action.id()).toList();
  }

  static Action only(Plan plan, Verb verb, Kind kind) {
    List<Action> found =
        plan.actions().stream()
            .filter(action -> action.verb() == verb && action.id().kind() == kind)
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " such actions in " + PlanText.of(plan));
    }
    return found.get(0);
  }

  static ObservedResource with(ObservedResource resource, Ownership ownership, Lifecycle state) {
    return new ObservedResource(
        resource.actual(),
        resource.outputs(),
        ownership == Ownership.OURS ? resource.tags() : Map.of("team", "other"),
        ownership,
        state,
        resource.contentHash());
  }

  /** As observed, but for one kind nothing has been read. */
  static Observed unread(Observed observed, Kind kind) {
    List<ObservedResource> rest = new ArrayList<>(observed.resources());
    rest.removeIf(resource -> resource.actual().id().kind() == kind);
    return new Observed(rest, Set.of(kind), observed.listeners(), observed.rollout());
  }
}
