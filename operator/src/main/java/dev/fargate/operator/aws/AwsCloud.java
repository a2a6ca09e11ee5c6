package dev.fargate.operator.aws;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Executor;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.clients.CallScope;
import dev.fargate.operator.aws.clients.CallScope.Priority;
import dev.fargate.operator.aws.ecs.TaskFailures;
import dev.fargate.operator.aws.elb.ListenerReader;
import dev.fargate.operator.aws.elb.TargetHealthReader;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Reader.Need;
import dev.fargate.operator.aws.reading.Reader.Part;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.secrets.SecretContents;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.aws.snapshot.OwnWrites;
import dev.fargate.operator.aws.snapshot.RolloutDetails;
import dev.fargate.operator.aws.snapshot.Snapshot;
import dev.fargate.operator.aws.snapshot.Sweeper;
import dev.fargate.operator.aws.snapshot.View;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Stack;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One environment's AWS: its snapshot, how it is read, and the one way to write. Reads of a sweep
 * run in the poller's thread, those of a pass in the pass's.
 */
public final class AwsCloud implements Cloud, AutoCloseable {
  private final AwsClients aws;
  private final Clock clock;
  private final Snapshot snapshot;
  private final AwsKinds kinds;
  private final Sweeper sweeper;
  private final View view;
  private final OwnWrites ownWrites;
  private final RolloutDetails details;
  private final SecretContents secretContents;
  private final Executor executor;
  private final Lookups lookups;
  private final Set<String> watched = ConcurrentHashMap.newKeySet();

  private volatile boolean ready;
  private volatile Instant observedAt;
  private volatile String lastError;

  public AwsCloud(AwsClients aws, Supplier<Scope> scope, SecretSources secretSources, Clock clock) {
    this.aws = aws;
    this.clock = clock;
    this.snapshot = new Snapshot(clock);
    this.kinds = new AwsKinds(aws, scope, secretSources, clock);
    this.sweeper = new Sweeper(snapshot, kinds::reader);
    this.view = new View(snapshot);
    this.ownWrites = new OwnWrites(snapshot, (kind, key) -> kinds.reader(kind).forget(key));
    this.details =
        new RolloutDetails(new TargetHealthReader(aws.elb()), new TaskFailures(aws.ecs(), scope));
    this.secretContents = new SecretContents(aws.secrets(), secretSources, clock);
    this.executor = new Executor(kinds.runners());
    this.lookups =
        new AwsLookups(aws, snapshot, (ListenerReader) kinds.reader(Kind.LISTENER), clock);
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Optional<Instant> observedAt() {
    return Optional.ofNullable(observedAt);
  }

  @Override
  public Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  @Override
  public Lookups lookups() {
    return lookups;
  }

  @Override
  public void watchRollout(Owner owner, boolean inRollout) {
    if (inRollout) {
      watched.add(owner.reference());
    } else {
      watched.remove(owner.reference());
    }
  }

  /** Whether anybody is in rollout. */
  public boolean watching() {
    return !watched.isEmpty();
  }

  /**
   * Looks at everything once.
   *
   * @return what has changed since, as it was and as it is
   */
  public List<Seen> sweep() {
    Instant start = clock.instant();
    Sweeper.Result result = sweeper.sweep();
    List<Seen> changed = new ArrayList<>(result.changed());
    try (CallScope scope = CallScope.read(Priority.SWEEP)) {
      details.retain(snapshot.of(Kind.SERVICE));
      details.read(snapshot.of(Kind.SERVICE));
    } catch (SdkException failure) {
      result.failures().put(Kind.SERVICE, ErrorTable.classify(failure));
    } catch (AwsFailure failure) {
      result.failures().put(Kind.SERVICE, failure);
    }
    if (result.completeAsAllowed()) {
      ready = true;
      observedAt = start;
    }
    lastError = describe(result.failures());
    return changed;
  }

  private static String describe(Map<Kind, AwsFailure> failures) {
    return failures.entrySet().stream()
        .min(Comparator.comparing(Map.Entry::getKey))
        .map(
            first ->
                "reading every "
                    + first.getKey().label()
                    + " failed: "
                    + describe(first.getValue())
                    + (failures.size() > 1 ? " (and " + (failures.size() - 1) + " more)" : ""))
        .orElse(null);
  }

  private static String describe(AwsFailure failure) {
    return failure.code()
        + ": "
        + failure.getMessage()
        + (failure.requestId() == null ? "" : " (request " + failure.requestId() + ")");
  }

  /**
   * Looks at the owners in rollout: their services in batches, with targets and failures, and what
   * of theirs is not ready yet.
   *
   * @return what has changed since
   */
  public List<Seen> pollRollouts() {
    List<Seen> changed = new ArrayList<>();
    try (CallScope scope = CallScope.read(Priority.ROLLOUT)) {
      List<Seen> services = watchedOf(Kind.SERVICE);
      Set<String> keys = keys(services);
      if (!keys.isEmpty()) {
        long stamp = snapshot.stamp();
        List<Seen> found = kinds.services().describeOrNone(keys);
        changed.addAll(
            snapshot.read(Kind.SERVICE, new Part(seen -> keys.contains(seen.key()), found), stamp));
        details.read(watchedOf(Kind.SERVICE));
      }
      List<Seen> balancers =
          watchedOf(Kind.LOAD_BALANCER).stream()
              .filter(seen -> seen.lifecycle() == ObservedResource.Lifecycle.PENDING)
              .toList();
      if (!balancers.isEmpty()) {
        changed.addAll(reread(Kind.LOAD_BALANCER, balancers));
      }
    } catch (SdkException failure) {
      lastError = "reading rollouts failed: " + describe(ErrorTable.classify(failure));
    } catch (AwsFailure failure) {
      lastError = "reading rollouts failed: " + describe(failure);
    }
    return changed;
  }

  private List<Seen> watchedOf(Kind kind) {
    return snapshot.of(kind).stream()
        .filter(seen -> watched.contains(seen.tags().getOrDefault(RESOURCE_OF, "")))
        .toList();
  }

  private static final String RESOURCE_OF = Ownership.RESOURCE_OF;

  private static Set<String> keys(List<Seen> all) {
    Set<String> keys = new TreeSet<>();
    all.forEach(seen -> keys.add(seen.key()));
    return keys;
  }

  private List<Seen> reread(Kind kind, List<Seen> things) {
    long stamp = snapshot.stamp();
    Need need =
        new Need(null, List.of(), things.stream().map(AwsCloud::observed).toList(), snapshot);
    return snapshot.read(kind, kinds.reader(kind).read(need), stamp);
  }

  private static ObservedResource observed(Seen seen) {
    return new ObservedResource(
        seen.actual(),
        seen.outputs(),
        seen.tags(),
        ObservedResource.Ownership.OURS,
        seen.lifecycle(),
        seen.contentHash());
  }

  @Override
  public Observed observe(Stack stack) {
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      return observe(stack, EnumSet.noneOf(Kind.class));
    }
  }

  private Observed observe(Stack stack, Set<Kind> unread) {
    if (stack.resources().isEmpty()) {
      confirmDeletes(stack.owner(), unread);
    }
    Observed observed = view.of(stack, unread, details::of);
    if (stack.resources().isEmpty() && !stack.owner().namespace().isEmpty()) {
      observed = withAllRevisions(stack, observed, unread);
    }
    return View.mapping(observed, resource -> withContent(stack, resource));
  }

  /** A finalizer goes only when AWS itself has said that everything is gone (decision 8). */
  private void confirmDeletes(Owner owner, Set<Kind> unread) {
    Map<Kind, List<Seen>> open = new EnumMap<>(Kind.class);
    for (Seen seen : snapshot.unconfirmed(seen -> isOf(owner, seen))) {
      // A family's revisions are listed anyway.
      if (seen.kind() != Kind.TASK_DEFINITION) {
        open.computeIfAbsent(seen.kind(), kind -> new ArrayList<>()).add(seen);
      }
    }
    open.forEach((kind, things) -> attempt(kind, unread, () -> reread(kind, things)));
  }

  private static boolean isOf(Owner owner, Seen seen) {
    return owner.reference().equals(seen.ownerReference(owner.ownerId()));
  }

  private Observed withAllRevisions(Stack stack, Observed observed, Set<Kind> unread) {
    List<Seen> revisions = new ArrayList<>();
    attempt(
        Kind.TASK_DEFINITION,
        unread,
        () -> revisions.addAll(kinds.taskDefinitions().all(stack.owner())));
    if (unread.contains(Kind.TASK_DEFINITION)) {
      return view.of(stack, unread, details::of);
    }
    revisions.removeIf(seen -> !isOf(stack.owner(), seen));
    return View.replacing(observed, Kind.TASK_DEFINITION, revisions);
  }

  /** Only who knows the wanted secret can tell whether the stored values are the right ones. */
  private ObservedResource withContent(Stack stack, ObservedResource resource) {
    if (!(resource.actual() instanceof Secret actual)
        || resource.ownership() != ObservedResource.Ownership.OURS
        || !(stack.find(actual.id()).orElse(null) instanceof Secret wanted)
        || !wanted.name().equals(actual.name())) {
      return resource;
    }
    Secret.Content content = Secret.Content.UNKNOWN;
    try {
      content = secretContents.compare(stack.owner(), wanted, resource.outputs());
    } catch (SdkException failure) {
      lastError = "comparing secrets failed: " + describe(ErrorTable.classify(failure));
    } catch (AwsFailure failure) {
      lastError = "comparing secrets failed: " + describe(failure);
    }
    return View.with(resource, new Secret(actual.id(), actual.name(), wanted.sources(), content));
  }

  private void attempt(Kind kind, Set<Kind> unread, Runnable read) {
    try {
      read.run();
    } catch (SdkException failure) {
      unread.add(kind);
      lastError = "reading " + kind.label() + " failed: " + describe(ErrorTable.classify(failure));
    } catch (AwsFailure failure) {
      unread.add(kind);
      lastError = "reading " + kind.label() + " failed: " + describe(failure);
    }
  }

  @Override
  public Observed narrow(Stack stack, Plan plan) {
    Set<Kind> unread = EnumSet.noneOf(Kind.class);
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      needs(plan, action -> true)
          .forEach(
              (kind, need) ->
                  attempt(
                      kind,
                      unread,
                      () -> {
                        long stamp = snapshot.stamp();
                        snapshot.read(kind, kinds.reader(kind).read(need), stamp);
                      }));
      return observe(stack, unread);
    }
  }

  private Map<Kind, Need> needs(Plan plan, Predicate<Action> which) {
    Map<Kind, List<Action>> actions = new EnumMap<>(Kind.class);
    plan.actions().stream()
        .filter(which)
        .forEach(
            action ->
                actions.computeIfAbsent(action.id().kind(), k -> new ArrayList<>()).add(action));
    Map<Kind, Need> needs = new LinkedHashMap<>();
    actions.forEach(
        (kind, all) ->
            needs.put(
                kind,
                new Need(
                    plan.owner(),
                    all.stream()
                        .filter(action -> action.desired() != null)
                        .map(action -> plan.known().resolve(action.desired()))
                        .toList(),
                    all.stream()
                        .filter(action -> action.observed() != null)
                        .map(Action::observed)
                        .toList(),
                    snapshot)));
    return needs;
  }

  @Override
  public List<Outcome> apply(Stack stack, Plan plan, BooleanSupplier leadershipHeld) {
    List<Outcome> outcomes;
    try (CallScope scope = CallScope.write(leadershipHeld)) {
      outcomes = executor.run(plan, leadershipHeld);
    }
    ownWrites.note(plan, outcomes);
    lookAtService(plan, outcomes);
    return outcomes;
  }

  /** What a service does now, deployments and all, only a read can tell. */
  private void lookAtService(Plan plan, List<Outcome> outcomes) {
    boolean wrote =
        outcomes.stream()
            .filter(Outcome.Done.class::isInstance)
            .anyMatch(outcome -> outcome.action().id().kind() == Kind.SERVICE);
    if (wrote) {
      try (CallScope scope = CallScope.read(Priority.PASS)) {
        long stamp = snapshot.stamp();
        Need need = needs(plan, action -> action.id().kind() == Kind.SERVICE).get(Kind.SERVICE);
        attempt(
            Kind.SERVICE,
            EnumSet.noneOf(Kind.class),
            () -> snapshot.read(Kind.SERVICE, kinds.services().read(need), stamp));
      }
    }
  }

  @Override
  public void close() {
    aws.close();
  }
}
