package dev.fargate.operator.aws;

import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Executor;
import dev.fargate.operator.apply.KubernetesSecrets;
import dev.fargate.operator.apply.Lacking;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Publication;
import dev.fargate.operator.aws.clients.AwsClients;
import dev.fargate.operator.aws.clients.CallScope;
import dev.fargate.operator.aws.clients.CallScope.Priority;
import dev.fargate.operator.aws.ecs.DeploymentHistory;
import dev.fargate.operator.aws.ecs.ImageDigests;
import dev.fargate.operator.aws.ecs.ShiftReader;
import dev.fargate.operator.aws.ecs.TaskFailures;
import dev.fargate.operator.aws.elb.ListenerReader;
import dev.fargate.operator.aws.elb.TargetHealthReader;
import dev.fargate.operator.aws.errors.ErrorTable;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.secrets.ConnectionSecrets;
import dev.fargate.operator.aws.secrets.SecretContents;
import dev.fargate.operator.aws.secrets.SecretSources;
import dev.fargate.operator.aws.snapshot.OwnWrites;
import dev.fargate.operator.aws.snapshot.RolloutDetails;
import dev.fargate.operator.aws.snapshot.Snapshot;
import dev.fargate.operator.aws.snapshot.View;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.ConnectionSecret;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Stack;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One environment's AWS as its passes see it. Its snapshot is kept up to date from outside, by
 * {@link #sweep} and {@link #pollRollouts}.
 */
public final class AwsCloud implements Cloud, AutoCloseable {
  private final AwsClients aws;
  private final Snapshot snapshot;
  private final Observation observation;
  private final PassReads reads;
  private final View view;
  private final RolloutDetails details;
  private final OwnWrites ownWrites;
  private final SecretContents secretContents;
  private final ConnectionSecrets connectionSecrets;
  private final Executor executor;
  private final AwsLookups lookups;
  private final FreshReads freshReads;

  public AwsCloud(AwsClients aws, Supplier<Scope> scope, SecretSources secretSources, Clock clock) {
    this.aws = aws;
    this.snapshot = new Snapshot(clock);
    AwsKinds kinds = new AwsKinds(aws, scope, secretSources, clock);
    this.details =
        new RolloutDetails(
            new TargetHealthReader(aws.elb()),
            new TaskFailures(aws.ecs(), scope),
            new DeploymentHistory(aws.ecs(), scope),
            new ShiftReader(aws.ecs()),
            clock);
    this.observation = new Observation(snapshot, kinds, details, clock);
    this.reads = new PassReads(snapshot, kinds, observation::denied);
    this.view = new View(snapshot, scope);
    this.ownWrites = new OwnWrites(snapshot, (kind, key) -> kinds.reader(kind).forget(key));
    this.secretContents = new SecretContents(aws.secrets(), secretSources, clock);
    this.connectionSecrets = new ConnectionSecrets(aws.secrets(), clock);
    this.executor = new Executor(kinds.runners());
    this.lookups =
        new AwsLookups(
            aws,
            snapshot,
            (ListenerReader) kinds.reader(Kind.LISTENER),
            new ImageDigests(aws.ecs(), scope),
            clock);
    this.freshReads = new FreshReads(clock);
  }

  @Override
  public boolean ready() {
    return observation.ready();
  }

  @Override
  public Optional<Instant> observedAt() {
    return observation.observedAt();
  }

  @Override
  public Optional<String> lastError() {
    return observation.lastError();
  }

  @Override
  public Optional<String> unread() {
    return observation.unread();
  }

  @Override
  public Optional<String> unreadable() {
    return observation.unreadable();
  }

  @Override
  public List<Lacking> lacking() {
    return aws.lacking();
  }

  @Override
  public Lookups lookups() {
    return lookups;
  }

  @Override
  public void watchRollout(Owner owner, boolean inRollout) {
    observation.watch(owner, inRollout);
  }

  /** Whether anybody is in rollout. */
  public boolean watching() {
    return observation.watching();
  }

  /** Looks at everything once. @return what has changed, as it was and as it is */
  public List<Seen> sweep() {
    return observation.sweep();
  }

  /** Looks at the owners in rollout. @return what has changed, as it was and as it is */
  public List<Seen> pollRollouts() {
    return observation.pollRollouts();
  }

  @Override
  public Observed observe(Stack stack) {
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      return observe(stack, EnumSet.noneOf(Kind.class));
    }
  }

  @Override
  public Observed narrow(Stack stack, Plan plan) {
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      Set<Kind> unread = reads.narrow(plan);
      if (plan.mayRetry() && !readHistory(stack.owner())) {
        unread.add(Kind.SERVICE);
      }
      return observe(stack, unread);
    }
  }

  @Override
  public Observed search(Stack stack, Plan plan) {
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      return observe(stack, reads.creations(plan));
    }
  }

  @Override
  public boolean refresh(Stack stack, Resolution known) {
    if (!freshReads.take(stack.owner())) {
      return false;
    }
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      lookups.forget();
      return reads.everything(stack, known) && readDetails(stack.owner());
    }
  }

  private boolean readDetails(Owner owner) {
    return reads.attempt(
        Kind.SERVICE,
        () ->
            details.read(
                snapshot.of(Kind.SERVICE).stream()
                    .filter(service -> service.isOf(owner))
                    .toList()));
  }

  private boolean readHistory(Owner owner) {
    return reads.attempt(
        Kind.SERVICE,
        () ->
            snapshot.of(Kind.SERVICE).stream()
                .filter(service -> service.isOf(owner))
                .forEach(details::readHistory));
  }

  private Observed observe(Stack stack, Set<Kind> unreadAlready) {
    Set<Kind> unread = EnumSet.noneOf(Kind.class);
    unread.addAll(unreadAlready);
    AtomicReference<List<Seen>> revisions = new AtomicReference<>();
    boolean deleting = stack.resources().isEmpty();
    if (deleting) {
      unread.addAll(reads.confirmDeletes(stack.owner()));
    }
    // An environment has no task definitions.
    if (deleting && !stack.owner().namespace().isEmpty()) {
      reads
          .revisions(stack.owner())
          .ifPresentOrElse(revisions::set, () -> unread.add(Kind.TASK_DEFINITION));
    }
    Observed observed = view.of(stack, unread, details::of);
    if (revisions.get() != null) {
      observed = View.replacing(observed, Kind.TASK_DEFINITION, revisions.get());
    }
    return View.mapping(observed, resource -> withContent(stack, resource));
  }

  /** Only who knows the wanted secret can tell whether the stored values are the right ones. */
  private ObservedResource withContent(Stack stack, ObservedResource resource) {
    if (!(resource.actual() instanceof Secret actual)
        || resource.ownership() != ObservedResource.Ownership.OURS
        || !(stack.find(actual.id()).orElse(null) instanceof Secret wanted)
        || !wanted.name().equals(actual.name())) {
      return resource;
    }
    AtomicReference<Secret.Content> content = new AtomicReference<>(Secret.Content.UNKNOWN);
    reads.attempt(
        Kind.SECRET,
        () -> content.set(secretContents.compare(stack.owner(), wanted, resource.outputs())));
    return View.with(
        resource, new Secret(actual.id(), actual.name(), wanted.sources(), content.get()));
  }

  @Override
  public List<Outcome> apply(Stack stack, Plan plan, BooleanSupplier leadershipHeld) {
    List<Outcome> outcomes;
    try (CallScope scope = CallScope.write(leadershipHeld)) {
      outcomes = executor.run(plan, leadershipHeld);
    }
    ownWrites.note(plan, outcomes);
    if (outcomes.stream()
        .filter(Outcome.Done.class::isInstance)
        .anyMatch(outcome -> outcome.action().id().kind() == Kind.SERVICE)) {
      try (CallScope scope = CallScope.read(Priority.PASS)) {
        reads.service(plan);
      }
    }
    return outcomes;
  }

  @Override
  public Publication publish(
      ConnectionSecret wanted, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld) {
    try (CallScope scope = CallScope.read(Priority.PASS)) {
      return connectionSecrets.publish(wanted, kubernetes, leadershipHeld);
    } catch (SdkException failure) {
      return new Publication.Later(ErrorTable.classify(failure).getMessage());
    }
  }

  @Override
  public Publication withdraw(
      Owner owner, String ownerUid, KubernetesSecrets kubernetes, BooleanSupplier leadershipHeld) {
    return connectionSecrets.withdraw(owner, ownerUid, kubernetes, leadershipHeld);
  }

  @Override
  public void close() {
    aws.close();
  }
}
