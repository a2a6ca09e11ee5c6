package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Restore.Attempt;
import dev.fargate.operator.stack.Restore.Progress;
import dev.fargate.operator.stack.Restore.Stage;
import dev.fargate.operator.stack.Restore.Wish;
import dev.fargate.operator.stack.build.MoveScript;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Bringing a database's data back, in steps that are seen from AWS: AWS Backup copies, the service
 * goes to zero tasks, a task moves the data, the service comes back (ADR 13). What has begun to
 * move is brought to its end whatever the spec says by then: between, nobody knows what the
 * directory holds.
 */
final class RestoreSteps {
  static final String MOVED = "the task that moves the data to have ended";

  private static final String COPIED = "AWS Backup to have copied the recovery point";
  private static final String STOPPED = "the task of the database to have stopped";

  /** How often a task is tried that never gets to run. */
  private static final int STARTS = 3;

  /** By KILL and TERM: how far it came is not known, and another one finds out. */
  private static final Set<Integer> ENDED_FROM_OUTSIDE = Set.of(137, 143);

  private final Draft draft;

  /** The access point; null where nothing can be brought back. */
  private final Match match;

  private final Wish wish;
  private final Progress progress;

  private Step start;
  private Step move;
  private Step end;

  RestoreSteps(Draft draft) {
    this.draft = draft;
    this.match =
        draft.matches.of(Kind.ACCESS_POINT).stream()
            .filter(each -> wanted(each) != null)
            .findFirst()
            .orElse(null);
    this.wish = match == null ? null : wanted(match).wish();
    this.progress = isThere() ? ((AccessPoint) match.present().actual()).progress() : null;
  }

  private static Restore wanted(Match accessPoint) {
    return ((AccessPoint) accessPoint.wanted()).restore();
  }

  /** Whether a task is at work in a file system that others may be about to take away. */
  static boolean isAtWork(ObservedResource resource) {
    return resource.actual() instanceof AccessPoint accessPoint
        && accessPoint.progress() != null
        && accessPoint.progress().attempts().stream().anyMatch(attempt -> !attempt.ended());
  }

  private boolean isThere() {
    return match != null && match.state() == State.PRESENT;
  }

  private boolean isMoving() {
    return progress != null && progress.stage() == Stage.MOVING;
  }

  private boolean isCopying() {
    return progress != null
        && progress.stage() == Stage.COPYING
        && progress.isOf(wish)
        && !isForgotten();
  }

  /** Asked anew: nothing has been moved, and its end will never be seen. */
  private boolean isForgotten() {
    return progress != null && progress.isForgotten();
  }

  private boolean isToBegin() {
    return isThere()
        && !isMoving()
        && wish != null
        && wish.refusal() == null
        && (progress == null || !progress.isOf(wish) || isForgotten());
  }

  /** Whether something is to be done for it, or waited for. */
  boolean isActive() {
    return isToBegin() || isCopying() || isMoving();
  }

  private boolean isCopied() {
    return isMoving() || isCopying() && progress.job() != null && progress.job().isGood();
  }

  /** How it has ended; null while it has not. */
  private Progress outcome() {
    if (isCopying() && progress.job() != null && progress.job().isBad()) {
      return progress.at(Stage.FAILED, Progress.JOB_FAILED);
    }
    if (!isMoving() || progress.attempts().isEmpty()) {
      return null;
    }
    List<Attempt> attempts = progress.attempts();
    if (attempts.stream().anyMatch(attempt -> Integer.valueOf(0).equals(attempt.exitCode()))) {
      return progress.at(Stage.DONE, null);
    }
    Attempt last = attempts.get(attempts.size() - 1);
    if (last.exitCode() != null) {
      return ENDED_FROM_OUTSIDE.contains(last.exitCode())
          ? null
          : progress.at(Stage.FAILED, String.valueOf(last.exitCode()));
    }
    boolean neverRan =
        attempts.size() >= STARTS
            && attempts.stream().allMatch(each -> each.ended() && each.exitCode() == null);
    return neverRan ? progress.at(Stage.FAILED, Progress.NOT_STARTED) : null;
  }

  private boolean isRunning() {
    return isMoving() && progress.attempts().stream().anyMatch(attempt -> !attempt.ended());
  }

  /** Whether the database is to be kept without a task from some step on. */
  boolean holds() {
    return isActive() && outcome() == null;
  }

  void plan() {
    if (!isActive()) {
      return;
    }
    if (isToBegin()) {
      start =
          step(
              new Progress(
                  Stage.COPYING, wish.token(), null, null, wish.directory(), null, List.of()),
              "copying " + wish.recoveryPointArn());
      start.reason =
          "AWS Backup copies "
              + wish.directory()
              + " of it into a new directory of the file system, while the database runs"
              + (isForgotten() ? "; it no longer knows job " + progress.jobId() : "");
    }
    Progress outcome = outcome();
    if (outcome == null && !isRunning()) {
      move = step(begun().at(Stage.MOVING, null), "moved into its place");
      move.reason =
          "interrupts the database; the data as it is until then stays as "
              + MoveScript.before(((AccessPoint) match.wanted()).path(), begun().jobId());
    }
    // Whether it will have gone well is not known before: what is approved is the attempt.
    end = step(outcome == null ? begun().at(Stage.DONE, null) : outcome, "ended");
    end.leadsTo = goal(begun().at(Stage.DONE, null));
  }

  /** What goes on, or would. */
  private Progress begun() {
    return isToBegin()
        ? new Progress(Stage.COPYING, wish.token(), null, null, wish.directory(), null, List.of())
        : progress;
  }

  private Step step(Progress goal, String becomes) {
    AccessPoint desired =
        ((AccessPoint) match.wanted())
            .with(
                new Restore(
                    goal.stage() == Stage.COPYING ? wish : null,
                    goal,
                    goal.stage() == Stage.MOVING ? wanted(match).mover() : null));
    String before = progress == null ? null : progress.stage().name().toLowerCase(Locale.ROOT);
    Step step =
        draft.next(
            match, desired, List.of(new FieldChange("restore", before, becomes, Effect.IN_PLACE)));
    step.leadsTo = goal(goal);
    return step;
  }

  /** Where a step leads, in what is the same from pass to pass. */
  private AccessPoint goal(Progress goal) {
    return ((AccessPoint) match.wanted())
        .with(
            new Restore(
                null,
                new Progress(
                    goal.stage(), goal.token(), null, null, goal.directory(), null, List.of()),
                null));
  }

  void order(ServiceSteps service) {
    if (match == null) {
      return;
    }
    if (!isActive()) {
      gate(service);
      return;
    }
    Step toZero =
        holds() && service.first != null && isUpdate(service.first) ? service.first : null;
    if (toZero != null) {
      toZero.reason = "stops the database while its data is moved";
      after(toZero, start);
      untilCopied(toZero);
    }
    if (move != null) {
      after(move, start);
      after(move, toZero);
      untilCopied(move);
      untilStopped(move, toZero);
      move.after(draft.of(Verb.CREATE, Kind.SECURITY_GROUP_RULE));
      service.mountable(move);
    }
    after(end, start);
    after(end, toZero);
    after(end, move);
    if (holds()) {
      untilCopied(end);
      end.waitFor(MOVED);
    }
    for (Step back : service.steps()) {
      if (back != toZero) {
        back.after(List.of(end));
        if (end.waitingFor != null) {
          back.waitFor(end.waitingFor);
        }
      }
    }
  }

  private static boolean isUpdate(Step step) {
    return step.verb == Verb.UPDATE;
  }

  private static void after(Step step, Step earlier) {
    if (earlier != null) {
      step.after(List.of(earlier));
    }
  }

  private void untilCopied(Step step) {
    if (!isCopied()) {
      step.waitFor(COPIED);
    }
  }

  private void untilStopped(Step step, Step toZero) {
    Rollout rollout = draft.observed.rollout();
    draft.matches.service().map(Match::obstacle).ifPresent(step::waitFor);
    if (toZero != null || rollout != null && rollout.running() + rollout.pending() > 0) {
      step.waitFor(STOPPED);
    }
  }

  /** A database that does not run yet never begins with other data than was asked for. */
  private void gate(ServiceSteps service) {
    if (wish == null || service.first == null || isUpdate(service.first)) {
      return;
    }
    if (wish.refusal() != null) {
      service.first.waitFor("a recovery point that can be used (spec.restore)");
    } else if (!isThere()) {
      service.first.waitFor("what spec.restore asks for, once " + match.id() + " is there");
    } else if (progress.stage() == Stage.FAILED) {
      service.first.waitFor("another try of what spec.restore asks for, or to leave it out");
    }
  }
}
