package dev.fargate.operator.status;

import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import dev.fargate.operator.validate.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conditions that apps and databases share, judged in one order: what only a person can mend
 * comes first, then what goes on, then that all is well.
 */
public final class WorkConditions {
  /** What holds a deletion up until somebody does something. */
  private static final Set<Reason> FOR_A_PERSON =
      EnumSet.of(
          Reason.ACCESS_DENIED,
          Reason.INVALID_REQUEST,
          Reason.ENVIRONMENT_MISSING,
          Reason.PLAN_PENDING,
          Reason.PLAN_CHANGED);

  /** What comes only once a revision is rolled out. */
  private static final Set<ConditionType> FOLLOWS =
      EnumSet.of(
          ConditionType.ROLLOUT_HEALTHY,
          ConditionType.TARGETS_HEALTHY,
          ConditionType.DNS_READY,
          ConditionType.SCALING_ACTIVE,
          ConditionType.ALARMS_QUIET,
          ConditionType.BACKUP_HEALTHY);

  /** A database with it serves as before. */
  private static final Set<Reason> LEAVES_IT_AS_IT_WAS =
      EnumSet.of(Reason.RESTORE_REFUSED, Reason.RESTORE_FAILED);

  private static final String ENOUGH = "Enough tasks of the requested revision serve.";

  private WorkConditions() {}

  /**
   * What a pass came to.
   *
   * @param halt why nothing was carried out; null when it was, or there was nothing to do
   * @param staysReady was ready with this revision, and enough of it still serves
   * @param drift what others changed in AWS; null when nobody did
   * @param unread null when AWS could be read lately
   * @param beside what is not as it should be outside of AWS; null when all is
   */
  public record Facts(
      Look look,
      List<Outcome> outcomes,
      Halt halt,
      boolean wantsZero,
      boolean staysReady,
      String drift,
      Unread unread,
      Cause beside) {}

  public static void invalid(Conditions conditions, List<Problem> problems) {
    stalled(
        conditions,
        Reason.INVALID_SPEC,
        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
  }

  /** Nothing will happen without a person. */
  public static void stalled(Conditions conditions, Reason reason, String message) {
    conditions.isFalse(ConditionType.READY, reason, message).stalled(reason, message);
  }

  /** Nothing is backed up, whatever else goes on. */
  public static void noBackupRole(Conditions conditions, String message) {
    conditions.isFalse(ConditionType.BACKUP_HEALTHY, Reason.BACKUP_ROLE_UNUSABLE, message);
  }

  /**
   * @param tooLong the progress deadline has passed: a person should look
   */
  public static void missing(
      Conditions conditions, Reason reason, String message, boolean tooLong) {
    conditions
        .isFalse(ConditionType.READY, reason, message)
        .isFalseFor(ConditionType.REFERENCES_RESOLVED, reason, message);
    if (tooLong) {
      conditions.stalled(reason, message);
    } else {
      conditions.reconciling(reason, message);
    }
  }

  public static void notObserved(Conditions conditions, String error) {
    String message =
        error == null ? Reason.NOT_OBSERVED.sentence() : "AWS cannot be read: " + error;
    conditions
        .isUnknown(ConditionType.READY, Reason.NOT_OBSERVED, message)
        .isUnknown(ConditionType.SYNCED, Reason.NOT_OBSERVED, message)
        .reconciling(Reason.NOT_OBSERVED, message);
  }

  /** How AWS is now nobody knows; what was seen last may be wrong. */
  public static void stale(Conditions conditions, String error) {
    conditions
        .isUnknown(ConditionType.READY, Reason.OBSERVATION_STALE, error)
        .isUnknown(ConditionType.SYNCED, Reason.OBSERVATION_STALE, error)
        .reconciling(Reason.OBSERVATION_STALE, error);
  }

  public static void deleting(Conditions conditions, Reason reason, String message) {
    conditions.isFalse(ConditionType.READY, Reason.DELETING, message);
    if (reason == Reason.PLAN_PENDING || reason == Reason.PLAN_CHANGED) {
      conditions.isFalse(ConditionType.SYNCED, reason, message);
    }
    if (FOR_A_PERSON.contains(reason)) {
      conditions.stalled(reason, message);
    } else {
      conditions.reconciling(reason, message);
    }
  }

  /** Judges a pass that got as far as planning. */
  public static void judge(Conditions conditions, Facts facts) {
    conditions.isTrue(ConditionType.REFERENCES_RESOLVED, Reason.RESOLVED, null);
    synced(conditions, facts);
    rollout(conditions, facts.look().health());
    Verdict verdict = facts.look().health().verdict();
    if (!facts.look().plan().conflicts().isEmpty()) {
      conflict(conditions, facts);
    } else if (Progress.stopping(facts.outcomes()).isPresent()) {
      Outcome.Failed failed = Progress.stopping(facts.outcomes()).get();
      Cause refusal = Refusals.of(failed, facts.look().fields());
      stop(conditions, facts, refusal.reason(), refusal.text());
      holdUp(conditions, facts, refusal.reason(), refusal.text());
      if (refusal.reason() == Reason.BACKUP_ROLE_UNUSABLE) {
        noBackupRole(conditions, refusal.text());
      }
    } else if (facts.halt() == null && isRestoring(facts.beside())) {
      // What runs now, and why it may fail, is about to be replaced.
      beside(conditions, facts);
    } else if (verdict == Verdict.ROLLED_BACK) {
      stalled(conditions, Reason.ROLLED_BACK, facts.look().health().message());
    } else if (verdict == Verdict.FAILED) {
      stalled(conditions, Reason.ROLLOUT_FAILED, facts.look().health().message());
    } else if (facts.unread() != null && facts.unread().stale()) {
      facts.unread().judge(conditions);
    } else if (verdict == Verdict.DEADLINE_EXCEEDED) {
      stop(conditions, facts, Reason.PROGRESS_DEADLINE_EXCEEDED, facts.look().health().message());
    } else if (facts.halt() != null && !facts.look().plan().isEmpty()) {
      halted(conditions, facts);
    } else if (facts.beside() != null) {
      beside(conditions, facts);
    } else if (verdict == Verdict.HEALTHY && facts.look().plan().isEmpty()) {
      if (facts.look().plan().unread().isEmpty() || conditions.wasTrue(ConditionType.READY)) {
        ready(conditions, facts);
      } else {
        // What an edit asks for may be among what cannot be read.
        reconciling(conditions, facts, Reason.NOT_OBSERVED, Progress.describe(facts.look().plan()));
      }
    } else {
      working(conditions, facts);
    }
  }

  private static void synced(Conditions conditions, Facts facts) {
    boolean paused = facts.halt() != null && facts.halt().reason() == Reason.PAUSED;
    if (facts.drift() != null && !paused) {
      conditions.isFalse(
          ConditionType.SYNCED,
          Reason.DRIFTED,
          facts.halt() == null
              ? Drift.putBack(facts.drift())
              : Drift.BY_OTHERS + facts.drift() + " " + facts.halt().message());
    } else if (facts.halt() != null) {
      conditions.isFalse(ConditionType.SYNCED, facts.halt().reason(), facts.halt().message());
    } else if (facts.unread() != null) {
      conditions.isUnknown(
          ConditionType.SYNCED,
          Reason.OBSERVATION_STALE,
          "AWS cannot be read: " + facts.unread().error());
    } else if (facts.look().health().verdict() == Verdict.ROLLED_BACK
        && facts.look().plan().isEmpty()) {
      conditions.isFalse(ConditionType.SYNCED, Reason.ROLLED_BACK, null);
    } else if (facts.look().isSynced()) {
      conditions.isTrue(ConditionType.SYNCED, Reason.SYNCED, ignored(facts.look().plan()));
    } else {
      conditions.isFalse(
          ConditionType.SYNCED, Reason.PLAN_PENDING, Progress.describe(facts.look().plan()));
    }
  }

  /** Null where nothing that differs is ignored. Without values, which others may change. */
  private static String ignored(Plan plan) {
    return plan.ignored().isEmpty()
        ? null
        : "AWS equals the spec but for what spec.ignore leaves to others: "
            + plan.ignored().stream()
                .map(Plan.Ignored::property)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "))
            + ".";
  }

  private static void rollout(Conditions conditions, RolloutHealth health) {
    switch (health.verdict()) {
      case HEALTHY ->
          conditions.isTrue(ConditionType.ROLLOUT_HEALTHY, Reason.AVAILABLE, health.message());
      case ROLLED_BACK ->
          conditions.isFalse(ConditionType.ROLLOUT_HEALTHY, Reason.ROLLED_BACK, health.message());
      case FAILED ->
          conditions.isFalse(
              ConditionType.ROLLOUT_HEALTHY, Reason.ROLLOUT_FAILED, health.message());
      case DEADLINE_EXCEEDED ->
          conditions.isFalse(
              ConditionType.ROLLOUT_HEALTHY, Reason.PROGRESS_DEADLINE_EXCEEDED, health.message());
      case NOT_STARTED ->
          conditions.isUnknown(ConditionType.ROLLOUT_HEALTHY, Reason.CREATING, health.message());
      case CRASHING ->
          conditions.isFalse(
              ConditionType.ROLLOUT_HEALTHY, health.cause().reason(), health.message());
      case PROGRESSING -> {
        if (health.cause() != null) {
          conditions.isFalse(
              ConditionType.ROLLOUT_HEALTHY, health.cause().reason(), health.message());
        } else {
          conditions.isUnknown(ConditionType.ROLLOUT_HEALTHY, Reason.ROLLING_OUT, health.message());
        }
      }
    }
  }

  private static void conflict(Conditions conditions, Facts facts) {
    String message = Conflicts.told(facts.look().plan().conflicts());
    conditions.isTrue(ConditionType.CONFLICT, Reason.CONFLICT, message);
    stop(conditions, facts, Reason.CONFLICT, message);
    holdUp(conditions, facts, Reason.CONFLICT, message);
  }

  /**
   * Nothing goes on behind what a person has to solve: what would follow says what it waits for.
   */
  private static void holdUp(Conditions conditions, Facts facts, Reason reason, String message) {
    if (facts.look().health().verdict() != Verdict.NOT_STARTED) {
      return;
    }
    for (ConditionType type : FOLLOWS) {
      if (conditions.isOpen(type)) {
        conditions.isUnknown(type, reason, "It waits until this is solved: " + message);
      }
    }
  }

  /** A person is needed, but what serves goes on serving. */
  private static void stop(Conditions conditions, Facts facts, Reason reason, String message) {
    stalled(conditions, reason, message);
    if (facts.staysReady()) {
      conditions.staysReady(ENOUGH);
    }
  }

  /** A person wants it so, or has to decide. What already serves as the spec asks is ready. */
  private static void halted(Conditions conditions, Facts facts) {
    Halt halt = facts.halt();
    if (halt.passing()) {
      reconciling(conditions, facts, halt.reason(), halt.message());
    } else if (halt.reason() == Reason.PLAN_CHANGED) {
      stop(conditions, facts, halt.reason(), halt.message());
    } else if (facts.look().health().verdict() == Verdict.HEALTHY) {
      ready(conditions, facts);
    } else if (facts.staysReady()) {
      conditions.staysReady(ENOUGH);
    } else {
      stalled(conditions, halt.reason(), halt.message());
    }
  }

  /** AWS's part may be whole; the object is not what was asked for yet. */
  private static void beside(Conditions conditions, Facts facts) {
    Cause cause = facts.beside();
    if (cause.reason() == Reason.CREATING || isRestoring(cause)) {
      conditions
          .isFalse(ConditionType.READY, cause.reason(), cause.text())
          .reconciling(cause.reason(), cause.text());
      if (facts.staysReady()) {
        conditions.staysReady(ENOUGH);
      }
      return;
    }
    if (cause.reason() == Reason.CONFLICT) {
      conditions.isTrue(ConditionType.CONFLICT, Reason.CONFLICT, cause.text());
    }
    stop(conditions, facts, cause.reason(), cause.text());
    if (LEAVES_IT_AS_IT_WAS.contains(cause.reason())
        && facts.look().health().verdict() == Verdict.HEALTHY
        && facts.look().plan().isEmpty()) {
      conditions.staysReady(ENOUGH);
    }
  }

  private static boolean isRestoring(Cause cause) {
    return cause != null && cause.reason() == Reason.RESTORING;
  }

  private static void ready(Conditions conditions, Facts facts) {
    if (facts.wantsZero()) {
      conditions.isTrue(ConditionType.READY, Reason.SCALED_TO_ZERO, null);
    } else {
      conditions.isTrue(ConditionType.READY, Reason.AVAILABLE, facts.look().health().message());
    }
  }

  private static void working(Conditions conditions, Facts facts) {
    boolean changing = !facts.look().plan().isEmpty();
    Cause failing = facts.look().health().cause();
    Outcome.Failed passing = Progress.passing(facts.outcomes()).orElse(null);
    Reason reason =
        passing != null
            ? Reason.AWS_UNAVAILABLE
            : failing != null ? failing.reason() : changing ? Reason.CREATING : Reason.ROLLING_OUT;
    String message =
        passing != null
            ? Progress.describe(passing)
            : changing && failing == null
                ? Progress.describe(facts.look().plan())
                    + Progress.settling(facts.outcomes())
                        .map(refused -> " " + Progress.describe(refused))
                        .orElse("")
                : facts.look().health().message();
    reconciling(conditions, facts, reason, message);
  }

  private static void reconciling(
      Conditions conditions, Facts facts, Reason reason, String message) {
    conditions.reconciling(reason, message);
    if (facts.staysReady()) {
      conditions.staysReady(ENOUGH);
    } else {
      conditions.isFalse(ConditionType.READY, reason, message);
    }
  }
}
