package dev.fargate.operator.flow;

import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.plan.PlanOptions.Adoption;
import dev.fargate.operator.plan.Planner;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Stack;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The middle of the line, the same for every kind: observe, plan, look closely at what would
 * change, plan again, apply what both plans have.
 */
final class Line {
  private Line() {}

  /**
   * What came of it.
   *
   * @param plan the plan that was carried out, or would be
   * @param failedRevisions ARNs of task definitions that ECS has given up on
   * @param changedMeanwhile the close look gave another plan; nothing was written, look again soon
   */
  record Result(
      Observed observed,
      Plan plan,
      List<Outcome> outcomes,
      boolean changedMeanwhile,
      Set<String> failedRevisions) {
    /** Whether anything was written, so that the next look should come soon. */
    boolean wrote() {
      return outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Done);
    }

    /** All that AWS has is as wanted, and nothing is under way. */
    boolean settled() {
      return plan.isSettled();
    }
  }

  /** Observes and plans; writes nothing. */
  static Result look(Cloud cloud, Stack stack, PlanOptions options) {
    Observed observed = cloud.observe(stack);
    PlanOptions told = told(options, observed);
    Plan plan = Planner.plan(stack, observed, told);
    // A plan that is read before it is approved has to say what is taken over; and where one thing
    // is found, what refers to it can be looked for.
    boolean search = options.adoption() != Adoption.NEVER && (plan.createsAnew() || plan.adopts());
    while (search) {
      observed = cloud.search(stack, plan);
      told = told(options, observed);
      Plan more = Planner.plan(stack, observed, told);
      search = count(more) < count(plan);
      plan = more;
    }
    return new Result(observed, plan, List.of(), false, told.failedRevisions());
  }

  /**
   * As {@link #look}, with what it would deploy read from AWS itself: a sweep knows neither a
   * revision that no service runs, nor a service that ECS is deleting, nor what ECS has rolled
   * back.
   */
  static Result lookClosely(Cloud cloud, Stack stack, PlanOptions options) {
    Result first = look(cloud, stack, options);
    Plan deployed = first.plan().only(Set.of(Kind.TASK_DEFINITION, Kind.SERVICE));
    if (deployed.isEmpty()) {
      return first;
    }
    cloud.search(stack, deployed);
    Result again = close(cloud, stack, options, deployed);
    return again.plan().unread().equals(first.plan().unread()) ? again : first;
  }

  private static Result close(Cloud cloud, Stack stack, PlanOptions options, Plan plan) {
    Observed close = cloud.narrow(stack, plan);
    PlanOptions told = told(options, close);
    Plan again = Planner.plan(stack, close, told);
    return new Result(close, again, List.of(), false, told.failedRevisions());
  }

  /**
   * Observes, plans and applies what is unblocked.
   *
   * @param permission without it nothing is written
   * @param newest whether the objects that were planned for are the newest; asked before a write
   * @throws OldView if they are not
   */
  static Result run(
      Cloud cloud,
      Stack stack,
      PlanOptions options,
      Permission permission,
      BooleanSupplier newest,
      BooleanSupplier leadershipHeld) {
    Result first = look(cloud, stack, options);
    if (!permission.allows(first.plan())
        || first.plan().actions().stream().allMatch(action -> action.waitingFor() != null)) {
      return first;
    }
    if (!newest.getAsBoolean()) {
      throw new OldView();
    }
    Plan revision = first.plan().only(Set.of(Kind.TASK_DEFINITION));
    if (revision.createsAnew()) {
      // No sweep knows a revision that no service runs: what is there is not to be announced.
      cloud.search(stack, revision);
    }
    Result again = close(cloud, stack, options, first.plan());
    if (!again.plan().isSubsetOf(first.plan().actionIds())) {
      return new Result(again.observed(), again.plan(), List.of(), true, again.failedRevisions());
    }
    // What could not be read closely waits, with all that comes after it; the rest goes on.
    Plan rest = again.plan().heldBack(first.plan(), again.observed().unknownKinds());
    return new Result(
        again.observed(),
        rest,
        cloud.apply(stack, rest, leadershipHeld),
        false,
        again.failedRevisions());
  }

  /** What ECS shows as failed counts at once, before any status has remembered it. */
  private static PlanOptions told(PlanOptions options, Observed observed) {
    Set<String> failed = new HashSet<>(options.failedRevisions());
    if (observed.rollout() != null) {
      observed.rollout().deployments().stream()
          .filter(deployment -> "FAILED".equals(deployment.rolloutState()))
          .forEach(deployment -> failed.add(deployment.taskDefinitionArn()));
    }
    return options.withFailedRevisions(failed);
  }

  private static long count(Plan plan) {
    return plan.actions().stream().filter(Plan::isNew).count();
  }
}
