package dev.fargate.operator.status;

import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a plan and its outcomes say about the work, in words. */
public final class Progress {
  /** A message names this many things; the rest is a number. */
  private static final int NAMED = 3;

  private Progress() {}

  /**
   * The failure that only a person can mend: denied before invalid before quota; empty when none.
   */
  public static Optional<Outcome.Failed> stopping(List<Outcome> outcomes) {
    for (ErrorClass error : List.of(ErrorClass.DENIED, ErrorClass.INVALID, ErrorClass.CAPACITY)) {
      Optional<Outcome.Failed> found =
          failures(outcomes).stream().filter(f -> f.error() == error).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A failure that passes by itself: throttled, server error; empty when none. */
  public static Optional<Outcome.Failed> passing(List<Outcome> outcomes) {
    return failures(outcomes).stream()
        .filter(f -> f.error() == ErrorClass.THROTTLED || f.error() == ErrorClass.SERVER)
        // Our own restraint is no trouble of AWS's: its turn comes within a second or two.
        .filter(f -> !Outcome.HELD_BACK.equals(f.code()))
        .findFirst();
  }

  /** A refusal until something else has settled, such as a thing in use; empty when none. */
  public static Optional<Outcome.Failed> settling(List<Outcome> outcomes) {
    return failures(outcomes).stream().filter(f -> f.error() == ErrorClass.TRANSIENT).findFirst();
  }

  public static Reason reason(ErrorClass error) {
    return switch (error) {
      case DENIED -> Reason.ACCESS_DENIED;
      case INVALID -> Reason.INVALID_REQUEST;
      case CAPACITY -> Reason.QUOTA_EXCEEDED;
      case THROTTLED, SERVER -> Reason.AWS_UNAVAILABLE;
      case TRANSIENT -> Reason.CREATING;
    };
  }

  /** {@code TargetGroup/http: AccessDeniedException: ... (request 1234)}. */
  public static String describe(Outcome.Failed failed) {
    return failed.action().id()
        + ": "
        + failed.code()
        + ": "
        + failed.message()
        + (failed.requestId() == null ? "" : " (request " + failed.requestId() + ")");
  }

  /** One action: {@code update TargetGroup/http (fo-default-web-1a2b3c)}. */
  public static String describe(Action action) {
    return action.verb().name().toLowerCase(Locale.ROOT)
        + " "
        + action.id()
        + " ("
        + (action.desired() != null ? action.desired() : action.observed().actual()).physicalName()
        + ")";
  }

  /** What is being done: {@code creating TargetGroup/http, ListenerRule/http-80 and 4 more}. */
  public static String describe(Plan plan) {
    Optional<Action> waiting =
        plan.actions().stream().filter(action -> action.waitingFor() != null).findFirst();
    List<Action> actions = plan.actions();
    if (actions.isEmpty() && plan.unread().isEmpty() && !plan.conflicts().isEmpty()) {
      return "Nothing is done against what others hold.";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(NAMED, actions.size()); i++) {
      Action action = actions.get(i);
      text.append(i == 0 ? "" : ", ")
          .append(action.verb().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(action.id());
    }
    if (actions.size() > NAMED) {
      text.append(" and ").append(actions.size() - NAMED).append(" more");
    }
    if (!plan.unread().isEmpty()) {
      text.append(actions.isEmpty() ? "" : "; ")
          .append("not read from AWS yet: ")
          .append(
              plan.unread().stream().sorted().map(Kind::label).collect(Collectors.joining(", ")));
    }
    waiting.ifPresent(action -> text.append("; waiting for ").append(action.waitingFor()));
    return text.append('.').toString();
  }

  private static List<Outcome.Failed> failures(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .toList();
  }
}
