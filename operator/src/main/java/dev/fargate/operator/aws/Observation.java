package dev.fargate.operator.aws;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.aws.clients.CallScope;
import dev.fargate.operator.aws.clients.CallScope.Priority;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Reader.Need;
import dev.fargate.operator.aws.reading.Reader.Part;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.snapshot.RolloutDetails;
import dev.fargate.operator.aws.snapshot.Snapshot;
import dev.fargate.operator.aws.snapshot.Sweeper;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Restore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;

/** Keeps one environment's snapshot up to date: sweeps of everything, polls of rollouts. */
final class Observation {
  /** One lost answer is no news (API.md). */
  private static final int STALE_AFTER = 3;

  /** Usable, or gone, some time after the call; between, they are looked at every few seconds. */
  private static final List<Kind> TAKES_TIME =
      List.of(
          Kind.LOAD_BALANCER,
          Kind.FILE_SYSTEM,
          Kind.ACCESS_POINT,
          Kind.MOUNT_TARGET,
          Kind.PUBLIC_NAME);

  private final Snapshot snapshot;
  private final AwsKinds kinds;
  private final RolloutDetails details;
  private final Sweeper sweeper;
  private final Clock clock;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  private volatile boolean ready;
  private volatile Instant observedAt;
  private volatile String lastError;

  /** As the last error, without request id. */
  private volatile String lastCause;

  /** Sweeps in a row in which something could not be read. */
  private volatile int incomplete;

  /** Sweeps in a row that did not even read what we are allowed to. */
  private volatile int failed;

  Observation(Snapshot snapshot, AwsKinds kinds, RolloutDetails details, Clock clock) {
    this.snapshot = snapshot;
    this.kinds = kinds;
    this.details = details;
    this.clock = clock;
    this.sweeper = new Sweeper(snapshot, kinds::reader);
  }

  Optional<String> unread() {
    return incomplete >= STALE_AFTER ? Optional.of(staleness()) : Optional.empty();
  }

  Optional<String> unreadable() {
    return failed >= STALE_AFTER ? Optional.of(staleness()) : Optional.empty();
  }

  /** Without what changes from one attempt to the next: it is written to every status. */
  private String staleness() {
    return "AWS cannot be read: " + lastCause;
  }

  boolean ready() {
    return ready;
  }

  Optional<Instant> observedAt() {
    return Optional.ofNullable(observedAt);
  }

  Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  void watch(Owner owner, boolean inRollout) {
    if (inRollout) {
      watched.add(owner.reference());
    } else {
      watched.remove(owner.reference());
    }
  }

  boolean watching() {
    return !watched.isEmpty();
  }

  /**
   * Looks at everything once.
   *
   * @return what has changed since, as it was and as it is
   */
  List<Seen> sweep() {
    Instant start = clock.instant();
    Sweeper.Result result = sweeper.sweep();
    Map<Kind, AwsFailure> failures = new EnumMap<>(Kind.class);
    failures.putAll(result.failures());
    try (CallScope scope = CallScope.read(Priority.SWEEP)) {
      details.retain(snapshot.of(Kind.SERVICE));
      details.read(snapshot.of(Kind.SERVICE));
    } catch (SdkException failure) {
      failures.put(Kind.SERVICE, ErrorTable.classify(failure));
    } catch (AwsFailure failure) {
      failures.put(Kind.SERVICE, failure);
    }
    if (result.completeAsAllowed()) {
      ready = true;
      observedAt = start;
    }
    incomplete = failures.isEmpty() ? 0 : incomplete + 1;
    failed = result.completeAsAllowed() ? 0 : failed + 1;
    lastCause =
        failures.entrySet().stream()
            .min(Comparator.comparing(Map.Entry::getKey))
            .map(first -> cause(first.getKey(), first.getValue()))
            .orElse(null);
    tell(
        failures.entrySet().stream()
            .min(Comparator.comparing(Map.Entry::getKey))
            .map(first -> describe(first.getKey(), first.getValue(), failures.size() - 1))
            .orElse(null));
    return result.changed();
  }

  /** A pass may not read what a sweep could: that holds for the whole environment. */
  void denied(Kind kind, AwsFailure failure) {
    tell(describe(kind, failure, 0));
  }

  /**
   * The same error again keeps its words, with the first request id: it stands in every status, and
   * a status is not written because another call has failed.
   */
  private void tell(String error) {
    if (error == null || lastError == null || !bare(error).equals(bare(lastError))) {
      lastError = error;
    }
  }

  private static String bare(String error) {
    return error.replaceAll("\\(request [^)]*\\)", "");
  }

  private static String cause(Kind kind, AwsFailure failure) {
    return "reading every "
        + kind.label()
        + " failed: "
        + failure.code()
        + ": "
        + failure.getMessage();
  }

  private static String describe(Kind kind, AwsFailure failure, int more) {
    return cause(kind, failure)
        + (failure.requestId() == null ? "" : " (request " + failure.requestId() + ")")
        + (more > 0 ? " (and " + more + " more)" : "");
  }

  /**
   * Looks at the owners in rollout: their services in batches, with targets and failures, and their
   * load balancers and storage that are being made or deleted.
   *
   * @return what has changed since; empty where AWS did not answer, the next poll tries again
   */
  List<Seen> pollRollouts() {
    List<Seen> changed = new ArrayList<>();
    try (CallScope scope = CallScope.read(Priority.ROLLOUT)) {
      changed.addAll(services());
      for (Kind kind : TAKES_TIME) {
        changed.addAll(onTheirWay(kind));
      }
    } catch (SdkException | AwsFailure noAnswer) {
      // A sweep says so if it lasts.
      return changed;
    }
    return changed;
  }

  private List<Seen> onTheirWay(Kind kind) {
    List<ObservedResource> there =
        watched(kind).stream()
            .filter(
                seen ->
                    seen.lifecycle() == Lifecycle.PENDING
                        || seen.lifecycle() == Lifecycle.DELETING
                        || isBeingRestored(seen))
            .map(Seen::observed)
            .toList();
    if (there.isEmpty()) {
      return List.of();
    }
    long stamp = snapshot.stamp();
    Need need = new Need(null, List.of(), there, snapshot);
    return snapshot.read(kind, kinds.reader(kind).read(need), stamp);
  }

  /** The database is interrupted for as long as nobody sees that its data is there. */
  private static boolean isBeingRestored(Seen seen) {
    return seen.actual() instanceof AccessPoint accessPoint
        && accessPoint.progress() != null
        && (accessPoint.progress().stage() == Restore.Stage.COPYING
            || accessPoint.progress().stage() == Restore.Stage.MOVING);
  }

  private List<Seen> services() {
    Set<String> keys = new TreeSet<>();
    watched(Kind.SERVICE).forEach(seen -> keys.add(seen.key()));
    if (keys.isEmpty()) {
      return List.of();
    }
    long stamp = snapshot.stamp();
    Part part = new Part(seen -> keys.contains(seen.key()), kinds.services().describeOrNone(keys));
    List<Seen> changed = new ArrayList<>(snapshot.read(Kind.SERVICE, part, stamp));
    List<Seen> now = watched(Kind.SERVICE);
    if (details.read(now)) {
      changed.addAll(now);
    }
    return changed;
  }

  private List<Seen> watched(Kind kind) {
    return snapshot.of(kind).stream()
        .filter(seen -> watched.contains(seen.tags().getOrDefault(Ownership.RESOURCE_OF, "")))
        .toList();
  }
}
