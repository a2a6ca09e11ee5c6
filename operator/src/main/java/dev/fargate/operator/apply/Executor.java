package dev.fargate.operator.apply;

import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.ContentHash;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.TaskDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Carries out what is unblocked of a plan, in its order, and returns. What failed or waits holds
 * back only what depends on it. Nothing waits here, and nothing is retried: the next pass plans
 * anew from what is there.
 */
public final class Executor {
  private final Map<Kind, Runner> runners = new EnumMap<>(Kind.class);

  /** One runner per kind. */
  public Executor(List<Runner> runners) {
    for (Runner runner : runners) {
      if (this.runners.put(runner.kind(), runner) != null) {
        throw new IllegalArgumentException("two runners for " + runner.kind());
      }
    }
  }

  /** One outcome per action, in the plan's order. */
  public List<Outcome> run(Plan plan, BooleanSupplier leadershipHeld) {
    Pass pass = new Pass(plan, leadershipHeld);
    List<Outcome> outcomes = new ArrayList<>();
    for (Action action : plan.actions()) {
      Outcome outcome = pass.step(action);
      pass.done.put(action.actionId(), outcome instanceof Outcome.Done);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** When to look again after an error of this class; the caller makes it longer as it goes on. */
  static Duration retryAfter(Outcome.ErrorClass errorClass) {
    return switch (errorClass) {
      // AWS settles such things within seconds to minutes (AWS-FACTS 4.2, 5).
      case TRANSIENT -> Duration.ofSeconds(5);
      // The fullest bucket refills within this time (AWS-FACTS 10).
      case THROTTLED -> Duration.ofSeconds(10);
      case SERVER -> Duration.ofSeconds(15);
      // A person must raise a quota or free something.
      case CAPACITY -> Duration.ofMinutes(2);
      // A person must change a policy, or the spec, which wakes us by itself.
      case DENIED, INVALID -> Duration.ofMinutes(5);
    };
  }

  /** The state of one run: what is known so far and what has been done. */
  private final class Pass {
    private final Plan plan;
    private final BooleanSupplier leadershipHeld;
    private final Map<String, Boolean> done = new HashMap<>();
    private Resolution known;

    Pass(Plan plan, BooleanSupplier leadershipHeld) {
      this.plan = plan;
      this.leadershipHeld = leadershipHeld;
      this.known = plan.known();
    }

    Outcome step(Action action) {
      if (action.waitingFor() != null) {
        return new Outcome.Waiting(action, action.waitingFor());
      }
      for (String before : action.after()) {
        // What is not in the plan any more has been done in an earlier pass.
        if (Boolean.FALSE.equals(done.get(before))) {
          return new Outcome.Skipped(action, "after " + before);
        }
      }
      Resource desired = action.desired() == null ? null : known.resolve(action.desired());
      if (desired != null && !Resolution.isKnown(desired)) {
        return new Outcome.Skipped(action, "known after " + Resolution.references(desired).first());
      }
      if (!leadershipHeld.getAsBoolean()) {
        return new Outcome.Skipped(action, new LeadershipLost().getMessage());
      }
      return write(action, desired);
    }

    private Outcome write(Action action, Resource desired) {
      Runner runner = runners.get(action.id().kind());
      if (runner == null) {
        throw new IllegalStateException("no runner for " + action.id().kind());
      }
      try {
        Map<Output, String> outputs =
            switch (action.verb()) {
              case CREATE -> runner.create(plan.owner(), desired, tags(action));
              case ADOPT, UPDATE -> runner.update(plan.owner(), action, desired);
              case DELETE -> {
                runner.delete(plan.owner(), action.observed());
                yield Map.of();
              }
            };
        known = known.with(action.id(), outputs);
        return new Outcome.Done(action, outputs);
      } catch (AwsFailure failure) {
        return new Outcome.Failed(
            action,
            failure.errorClass(),
            failure.code(),
            failure.getMessage(),
            failure.requestId(),
            retryAfter(failure.errorClass()));
      } catch (LeadershipLost lost) {
        return new Outcome.Skipped(action, lost.getMessage());
      }
    }

    /** The action's; a task definition's with its content hash, complete only now. */
    private SortedMap<String, String> tags(Action action) {
      if (!(action.desired() instanceof TaskDefinition wanted)) {
        return action.tags();
      }
      SortedMap<String, String> tags = new TreeMap<>(action.tags());
      ContentHash.of(wanted, known).ifPresent(hash -> tags.put(Ownership.CONTENT_HASH, hash));
      return tags;
    }
  }
}
