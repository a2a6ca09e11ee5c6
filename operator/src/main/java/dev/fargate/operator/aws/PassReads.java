package dev.fargate.operator.aws;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Reader.Need;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.snapshot.Snapshot;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The fresh reads of a pass. A kind that AWS does not answer for is unread in this pass: nothing of
 * it is created or deleted then.
 */
final class PassReads {
  /**
   * Kinds whose create call itself finds out that the thing is there already, ours or not, and
   * whose names hold a hash of their owner: reading before it would tell nothing more.
   */
  private static final Set<Kind> CREATE_FINDS_OUT =
      EnumSet.of(
          Kind.SECURITY_GROUP,
          Kind.SECURITY_GROUP_RULE,
          Kind.TARGET_GROUP,
          Kind.LOG_GROUP,
          Kind.SECRET,
          Kind.DISCOVERY_SERVICE,
          Kind.TASK_DEFINITION,
          Kind.SERVICE,
          // Its name holds no hash; its batch fails as a whole where anything is there.
          Kind.PUBLIC_NAME);

  private final Snapshot snapshot;
  private final AwsKinds kinds;
  private final BiConsumer<Kind, AwsFailure> denied;

  /**
   * @param denied told when the account does not let us read a kind
   */
  PassReads(Snapshot snapshot, AwsKinds kinds, BiConsumer<Kind, AwsFailure> denied) {
    this.snapshot = snapshot;
    this.kinds = kinds;
    this.denied = denied;
  }

  /**
   * Reads what the plan would change.
   *
   * @return the kinds that AWS did not answer for
   */
  Set<Kind> narrow(Plan plan) {
    return read(
        plan,
        action ->
            action.waitingFor() == null
                && !(action.verb() == Action.Verb.CREATE
                    && action.observed() == null
                    && CREATE_FINDS_OUT.contains(action.id().kind())));
  }

  /**
   * Reads what the plan would create, as {@link #narrow}: it may be there, and not ours. Sweeps do
   * not tell all of what others have made, so what would be taken over is read, too.
   */
  Set<Kind> creations(Plan plan) {
    return read(plan, action -> Plan.isNew(action) || action.verb() == Action.Verb.ADOPT);
  }

  /** Reads the service that the plan has written: only a read tells what it does now. */
  void service(Plan plan) {
    read(plan, action -> action.id().kind() == Kind.SERVICE);
  }

  private Set<Kind> read(Plan plan, Predicate<Action> which) {
    Map<Kind, List<Action>> actions = new EnumMap<>(Kind.class);
    plan.actions().stream()
        .filter(which)
        .forEach(
            action ->
                actions.computeIfAbsent(action.id().kind(), k -> new ArrayList<>()).add(action));
    Map<Kind, Need> needs = new LinkedHashMap<>();
    actions.forEach((kind, some) -> needs.put(kind, need(plan, some)));
    return read(needs);
  }

  /**
   * Reads all that this stack's owner has and wants, not trusting what was read before.
   *
   * @return whether AWS answered; a kind that we may not read is no reason to ask again
   */
  boolean everything(Stack stack, Resolution known) {
    boolean answered = true;
    for (Kind kind : Kind.values()) {
      List<Resource> wanted =
          stack.resources().stream()
              .filter(resource -> resource.id().kind() == kind)
              .map(known::<Resource>resolve)
              .toList();
      List<Seen> there =
          snapshot.of(kind).stream().filter(seen -> seen.isOf(stack.owner())).toList();
      if (wanted.isEmpty() && there.isEmpty()) {
        continue;
      }
      there.forEach(seen -> kinds.reader(kind).forget(seen.key()));
      Need need =
          new Need(stack.owner(), wanted, there.stream().map(Seen::observed).toList(), snapshot);
      answered &=
          failure(kind, () -> read(kind, need))
              .filter(failure -> failure.errorClass() != ErrorClass.DENIED)
              .isEmpty();
    }
    return answered;
  }

  private Need need(Plan plan, List<Action> actions) {
    return new Need(
        plan.owner(),
        actions.stream()
            .filter(action -> action.desired() != null)
            .map(action -> plan.known().resolve(action.desired()))
            .toList(),
        actions.stream().filter(action -> action.observed() != null).map(Action::observed).toList(),
        snapshot);
  }

  /**
   * Asks AWS whether what this owner has deleted is gone, and whether what it could not create is
   * there all the same: a finalizer leaves only after verified absence (decision 8).
   */
  Set<Kind> confirmDeletes(Owner owner) {
    Map<Kind, List<Seen>> open = new EnumMap<>(Kind.class);
    for (Seen seen : snapshot.unconfirmed(seen -> seen.isOf(owner))) {
      // A family's revisions are listed anyway.
      if (seen.kind() != Kind.TASK_DEFINITION) {
        open.computeIfAbsent(seen.kind(), kind -> new ArrayList<>()).add(seen);
      }
    }
    List<Snapshot.Attempt> attempts = snapshot.attempts(owner);
    Map<Kind, List<Resource>> attempted = new EnumMap<>(Kind.class);
    for (Snapshot.Attempt attempt : attempts) {
      Resource wanted = attempt.wanted();
      attempted.computeIfAbsent(wanted.id().kind(), kind -> new ArrayList<>()).add(wanted);
      open.computeIfAbsent(wanted.id().kind(), kind -> new ArrayList<>());
    }
    Map<Kind, Need> needs = new LinkedHashMap<>();
    open.forEach(
        (kind, things) ->
            needs.put(
                kind,
                new Need(
                    owner,
                    attempted.getOrDefault(kind, List.of()),
                    things.stream().map(Seen::observed).toList(),
                    snapshot)));
    Set<Kind> unread = read(needs);
    attempts.stream()
        .filter(attempt -> !unread.contains(attempt.wanted().id().kind()))
        .filter(attempt -> !snapshot.lookedFor(attempt))
        .map(attempt -> attempt.wanted().id().kind())
        .toList()
        .forEach(unread::add);
    return unread;
  }

  private Set<Kind> read(Map<Kind, Need> needs) {
    Set<Kind> unread = EnumSet.noneOf(Kind.class);
    needs.forEach(
        (kind, need) -> {
          if (!attempt(kind, () -> read(kind, need))) {
            unread.add(kind);
          }
        });
    return unread;
  }

  private void read(Kind kind, Need need) {
    long stamp = snapshot.stamp();
    snapshot.read(kind, kinds.reader(kind).read(need), stamp);
  }

  /** Every revision of this owner's; empty when AWS did not answer. */
  Optional<List<Seen>> revisions(Owner owner) {
    List<Seen> found = new ArrayList<>();
    boolean read =
        attempt(Kind.TASK_DEFINITION, () -> found.addAll(kinds.taskDefinitions().all(owner)));
    found.removeIf(seen -> !seen.isOf(owner));
    return read ? Optional.of(found) : Optional.empty();
  }

  /** Whether AWS answered. */
  boolean attempt(Kind kind, Runnable read) {
    return failure(kind, read).isEmpty();
  }

  private Optional<AwsFailure> failure(Kind kind, Runnable read) {
    AwsFailure failed;
    try {
      read.run();
      return Optional.empty();
    } catch (SdkException failure) {
      failed = ErrorTable.classify(failure);
    } catch (AwsFailure failure) {
      failed = failure;
    }
    if (failed.errorClass() == ErrorClass.DENIED) {
      denied.accept(kind, failed);
    }
    return Optional.of(failed);
  }
}
