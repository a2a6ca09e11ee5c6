package dev.fargate.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.ContentHash;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorTest {
  private static final Owner OWNER = new Owner("fo", "FargateApp", "default", "web");

  private final List<String> written = new ArrayList<>();
  private final Writer logs = new Writer(Kind.LOG_GROUP);
  private final Writer discovery = new Writer(Kind.DISCOVERY_SERVICE);
  private final Writer targets = new Writer(Kind.SCALABLE_TARGET);
  private final Writer definitions = new Writer(Kind.TASK_DEFINITION);
  private final Executor executor = new Executor(List.of(logs, discovery, targets, definitions));

  @Test
  void anOutputOfOneActionReachesTheNextInTheSamePass() {
    Action group = create(log("logs"), Set.of());
    Action target = create(target(Value.ref(group.id(), Output.NAME)), Set.of(group.actionId()));

    List<Outcome> outcomes = executor.run(plan(group, target), () -> true);

    assertThat(outcomes).allMatch(Outcome.Done.class::isInstance);
    assertThat(written).containsExactly("LogGroup/logs", "ScalableTarget/count of name-of-logs");
  }

  @Test
  void afterAFailureTheIndependentGoesOnAndTheDependentIsSkipped() {
    Action group = create(log("logs"), Set.of());
    Action target = create(target(Value.known("x")), Set.of(group.actionId()));
    Action other =
        create(
            new DiscoveryService(
                new ResourceId(Kind.DISCOVERY_SERVICE, "dns"), "n", Value.known("ns"), "A", 5),
            Set.of());
    logs.failure =
        new AwsFailure(Outcome.ErrorClass.DENIED, "AccessDeniedException", "no", "r-1", null);

    List<Outcome> outcomes = executor.run(plan(group, target, other), () -> true);

    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(Outcome.ErrorClass.DENIED);
              assertThat(failed.code()).isEqualTo("AccessDeniedException");
              assertThat(failed.requestId()).isEqualTo("r-1");
            });
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Skipped.class);
    assertThat(outcomes.get(2)).isInstanceOf(Outcome.Done.class);
    assertThat(written).containsExactly("DiscoveryService/dns");
  }

  @Test
  void whatWaitsIsNotRunAndHoldsBackWhatComesAfterIt() {
    Action waiting =
        action(Action.Verb.CREATE, log("logs"), Set.of(), "the load balancer is being made");
    Action target = create(target(Value.known("x")), Set.of(waiting.actionId()));

    List<Outcome> outcomes = executor.run(plan(waiting, target), () -> true);

    assertThat(outcomes.get(0))
        .isEqualTo(new Outcome.Waiting(waiting, "the load balancer is being made"));
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Skipped.class);
    assertThat(written).isEmpty();
  }

  @Test
  void whatIsStillUnknownIsNotSent() {
    Action target =
        create(target(Value.ref(new ResourceId(Kind.SERVICE, "service"), Output.NAME)), Set.of());

    List<Outcome> outcomes = executor.run(plan(target), () -> true);

    assertThat(outcomes.get(0))
        .isEqualTo(new Outcome.Skipped(target, "known after Service/service"));
    assertThat(written).isEmpty();
  }

  @Test
  void leadershipIsAskedBeforeEveryWrite() {
    Action first = create(log("a"), Set.of());
    Action second = create(log("b"), Set.of());
    BooleanSupplier once = () -> written.isEmpty();

    List<Outcome> outcomes = executor.run(plan(first, second), once);

    assertThat(written).containsExactly("LogGroup/a");
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Skipped.class);
  }

  @Test
  void whatIsHeldBackWithinACallSinceAnotherLeadsIsSkippedWithWhatComesAfterIt() {
    Action group = create(log("logs"), Set.of());
    Action target = create(target(Value.known("x")), Set.of(group.actionId()));
    logs.failure = new LeadershipLost();

    List<Outcome> outcomes = executor.run(plan(group, target), () -> true);

    assertThat(outcomes.get(0))
        .isEqualTo(new Outcome.Skipped(group, new LeadershipLost().getMessage()));
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Skipped.class);
  }

  @ParameterizedTest
  @CsvSource({"TRANSIENT, 5", "THROTTLED, 10", "SERVER, 15", "CAPACITY, 120", "DENIED, 300"})
  void aFailureSaysWhenToTryAgain(Outcome.ErrorClass errorClass, int seconds) {
    logs.failure = new AwsFailure(errorClass, "SomeException", "no", null, null);

    List<Outcome> outcomes = executor.run(plan(create(log("logs"), Set.of())), () -> true);

    assertThat(((Outcome.Failed) outcomes.get(0)).retryAfter())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  /** By which a lost answer to it is found again. */
  @Test
  void aTaskDefinitionIsMadeWithTheHashOfItsContentAndOfNothingElse() {
    TaskDefinition wanted =
        new TaskDefinition(
            new ResourceId(Kind.TASK_DEFINITION, "tasks"),
            "web",
            256,
            512,
            "X86_64",
            null,
            "role",
            null,
            List.of());

    executor.run(plan(create(wanted, Set.of()), create(log("logs"), Set.of())), () -> true);

    assertThat(definitions.tags)
        .isEqualTo(
            Map.of(
                Ownership.CONTENT_HASH, ContentHash.of(wanted, Resolution.none()).orElseThrow()));
    assertThat(logs.tags).isEmpty();
  }

  @Test
  void whatIsThereIsDeletedAsItWasSeen() {
    LogGroup group = log("logs");
    ObservedResource there =
        new ObservedResource(
            group,
            Map.of(),
            Map.of(),
            ObservedResource.Ownership.OURS,
            ObservedResource.Lifecycle.ACTIVE,
            null);
    Action delete =
        new Action(
            Action.Verb.DELETE,
            group.id(),
            null,
            there,
            List.of(),
            new TreeMap<>(),
            Set.of(),
            null,
            false,
            false,
            null,
            "d");

    assertThat(executor.run(plan(delete), () -> true)).allMatch(Outcome.Done.class::isInstance);
    assertThat(written).containsExactly("delete LogGroup/logs");
  }

  @Test
  void eachKindHasOneRunner() {
    assertThatThrownBy(() -> new Executor(List.of(logs, new Writer(Kind.LOG_GROUP))))
        .hasMessage("two runners for LOG_GROUP");
    Executor none = new Executor(List.of());
    assertThatThrownBy(() -> none.run(plan(create(log("logs"), Set.of())), () -> true))
        .hasMessage("no runner for LOG_GROUP");
  }

  private static LogGroup log(String name) {
    return new LogGroup(new ResourceId(Kind.LOG_GROUP, name), name, 30, false);
  }

  private static ScalableTarget target(Value resource) {
    return new ScalableTarget(new ResourceId(Kind.SCALABLE_TARGET, "count"), resource, 1, 2, false);
  }

  private static Action create(Resource desired, Set<String> after) {
    return action(Action.Verb.CREATE, desired, after, null);
  }

  private static Action action(
      Action.Verb verb, Resource desired, Set<String> after, String waitingFor) {
    return new Action(
        verb,
        desired.id(),
        desired,
        null,
        List.of(),
        new TreeMap<>(),
        after,
        waitingFor,
        false,
        false,
        null,
        "d");
  }

  private static Plan plan(Action... actions) {
    return new Plan(
        OWNER, Arrays.asList(actions), List.of(), Resolution.none(), List.of(), Set.of());
  }

  /** Notes what it is asked to write. */
  private final class Writer implements Runner {
    private final Kind kind;
    private RuntimeException failure;
    private Map<String, String> tags;

    Writer(Kind kind) {
      this.kind = kind;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public Map<Output, String> create(
        Owner owner, Resource desired, SortedMap<String, String> tags) {
      if (failure != null) {
        throw failure;
      }
      this.tags = tags;
      written.add(
          desired.id()
              + (desired instanceof ScalableTarget target ? " of " + target.resource() : ""));
      return Map.of(Output.NAME, "name-of-" + desired.id().name());
    }

    @Override
    public Map<Output, String> update(Owner owner, Action action, Resource desired) {
      throw new AssertionError("nothing is updated here");
    }

    @Override
    public void delete(Owner owner, ObservedResource observed) {
      written.add("delete " + observed.actual().id());
    }
  }
}
