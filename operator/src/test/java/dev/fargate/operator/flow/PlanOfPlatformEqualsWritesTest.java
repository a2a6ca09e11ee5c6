package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.Subnets;
import dev.fargate.api.v1alpha1.environment.Listener;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.api.v1alpha1.environment.SharedLogGroup;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.status.ShownPlan;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as {@link PlanEqualsWritesTest} for environments, and for more of databases. */
class PlanOfPlatformEqualsWritesTest {
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:on-call";
  private static final String ENVIRONMENT = "FargateEnvironment";
  private static final String DATABASE = "FargateDatabase";

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment =
      Faults.read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = Faults.read("database.yaml", FargateDatabase.class);

  @AfterEach
  void close() {
    world.close();
  }

  private static Named<Consumer<FargateEnvironment>> change(
      String name, Consumer<FargateEnvironment> change) {
    return Named.of(name, change);
  }

  private static Listener listener(int port) {
    Listener listener = new Listener();
    listener.port = port;
    listener.protocol = "HTTP";
    return listener;
  }

  private static void secondLoadBalancer(FargateEnvironment environment) {
    LoadBalancer balancer = new LoadBalancer();
    balancer.name = "inside";
    balancer.scheme = "Internal";
    balancer.subnets = new Subnets();
    balancer.subnets.ids = environment.getSpec().network.subnets.ids;
    balancer.listeners.add(listener(80));
    environment.getSpec().loadBalancers.add(balancer);
  }

  /** Several changes in one world each: a world takes longer than they do. */
  static Stream<Named<Consumer<FargateEnvironment>>> environmentChanges() {
    return Stream.of(
        change(
            "a listener more, who may come in, tags",
            e -> {
              e.getSpec().loadBalancers.get(0).listeners.add(listener(81));
              e.getSpec().loadBalancers.get(0).allowedCidrs.add("198.51.100.0/24");
              e.getSpec().defaults.tags.put("team", "platform");
            }),
        change(
            "another listener instead, container insights",
            e -> {
              e.getSpec().loadBalancers.get(0).listeners.set(0, listener(81));
              e.getSpec().cluster.containerInsights = "Enabled";
            }),
        change(
            "a load balancer and a shared log group more",
            e -> {
              secondLoadBalancer(e);
              SharedLogGroup group = new SharedLogGroup();
              group.name = "shared";
              e.getSpec().logGroups.add(group);
            }),
        change(
            "no load balancer, no private DNS",
            e -> {
              e.getSpec().loadBalancers.clear();
              e.getSpec().privateDns = null;
            }));
  }

  @ParameterizedTest
  @MethodSource("environmentChanges")
  void whatAChangeOfAnEnvironmentPlansIsWhatItWrites(Consumer<FargateEnvironment> change) {
    world.apply(environment);
    untilDone(ENVIRONMENT, "phoenix");
    change.accept(environment);
    PlanStatus plan = ShownPlan.of(world.plan(environment));
    world.forgetCalls();
    world.apply(environment);
    untilDone(ENVIRONMENT, "phoenix");
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  @Test
  void whatCreatingAnEnvironmentPlansIsWhatItWrites() {
    PlanStatus plan = planned();
    world.forgetCalls();
    world.apply(environment);
    untilDone(ENVIRONMENT, "phoenix");
    assertThat(plan.actions).hasSizeGreaterThan(4);
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  /** As for a file that nobody has applied yet, of an AWS that was read. */
  private PlanStatus planned() {
    Plan plan = null;
    for (int looks = 0; plan == null && looks < 10; looks++) {
      plan = world.plan(environment);
      world.run(Duration.ofMinutes(1));
    }
    return ShownPlan.of(plan);
  }

  @Test
  void whatDeletingAnEnvironmentRemovesIsAllThatCreatingItPlanned() {
    PlanStatus plan = planned();
    world.apply(environment);
    untilDone(ENVIRONMENT, "phoenix");
    plan.actions.forEach(action -> action.id = action.id.replace("CREATE ", "DELETE "));
    world.forgetCalls();
    world.delete(ENVIRONMENT, "phoenix");
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists(ENVIRONMENT, "phoenix"));
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  static Stream<Named<Consumer<FargateDatabase>>> databaseChanges() {
    return Stream.of(
        Named.of(
            "image and size",
            d -> {
              d.getSpec().image = "mongo:7.0.14";
              d.getSpec().cpu = 1024;
              d.getSpec().memoryMiB = 2048;
            }),
        Named.of(
            "storage, retention, tags, an alarm",
            d -> {
              d.getSpec().storage.efs.throughputMode = "bursting";
              d.getSpec().logs.retentionDays = 14;
              d.getSpec().tags.put("team", "data");
              Alarm alarm = new Alarm();
              alarm.name = "cpu";
              alarm.metric = AlarmMetric.CPU;
              alarm.thresholdPercent = 90;
              alarm.topicArn = TOPIC;
              d.getSpec().alarms.add(alarm);
            }));
  }

  @ParameterizedTest
  @MethodSource("databaseChanges")
  void whatAChangeOfADatabasePlansIsWhatItWrites(Consumer<FargateDatabase> change) {
    start();
    change.accept(database);
    PlanStatus plan = planOfDatabase();
    world.forgetCalls();
    database.getSpec().mode = Mode.APPLY;
    world.apply(database);
    untilDone(DATABASE, "phoenix-db");
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  enum Policy {
    DELETE(DeletionPolicy.DELETE),
    RETAIN(DeletionPolicy.RETAIN);

    private final String value;

    Policy(String value) {
      this.value = value;
    }
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void whatADeletionOfADatabasePlansIsWhatItWritesUnderEitherPolicy(Policy policy) {
    database.getSpec().deletionPolicy = policy.value;
    start();
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.delete(DATABASE, "phoenix-db");
    world.run(Duration.ofMinutes(2));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    assertThat(plan.actions)
        .filteredOn(action -> Boolean.TRUE.equals(action.losesData))
        .extracting(action -> action.resource)
        .containsExactlyInAnyOrderElementsOf(
            policy == Policy.DELETE
                ? List.of(
                    "BackupVault/data", "FileSystem/data", "Secret/credentials", "LogGroup/logs")
                : List.of("LogGroup/logs"));
    world.forgetCalls();
    world.database("phoenix-db").getSpec().mode = Mode.APPLY;
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists(DATABASE, "phoenix-db"));
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  private void start() {
    environment.getSpec().access.topicArns = List.of("*");
    world.apply(environment, database);
    untilDone(DATABASE, "phoenix-db");
  }

  private PlanStatus planOfDatabase() {
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.run(Duration.ofSeconds(30));
    return world.database("phoenix-db").getStatus().plan;
  }

  private void untilDone(String kind, String name) {
    PlannedWrites.untilDone(world, kind, name);
  }
}
