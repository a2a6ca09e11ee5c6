package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a plan says is what is then written to AWS, over all passes that it takes: each action is
 * its calls, and there is no other call. In virtual time.
 */
class PlanEqualsWritesTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");

  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  /** The one call that an action of this verb and kind makes. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("CREATE SecurityGroup", "ec2:CreateSecurityGroup"),
          Map.entry("CREATE SecurityGroupRule", "ec2:AuthorizeSecurityGroupIngress"),
          Map.entry("CREATE TargetGroup", "elasticloadbalancing:CreateTargetGroup"),
          Map.entry("CREATE ListenerRule", "elasticloadbalancing:CreateRule"),
          Map.entry("CREATE LogGroup", "logs:CreateLogGroup"),
          Map.entry("CREATE Secret", "secretsmanager:CreateSecret"),
          Map.entry("CREATE FileSystem", "elasticfilesystem:CreateFileSystem"),
          Map.entry("CREATE AccessPoint", "elasticfilesystem:CreateAccessPoint"),
          Map.entry("CREATE MountTarget", "elasticfilesystem:CreateMountTarget"),
          Map.entry("DELETE FileSystem", "elasticfilesystem:DeleteFileSystem"),
          Map.entry("DELETE AccessPoint", "elasticfilesystem:DeleteAccessPoint"),
          Map.entry("DELETE MountTarget", "elasticfilesystem:DeleteMountTarget"),
          Map.entry("CREATE DiscoveryService", "servicediscovery:CreateService"),
          Map.entry("CREATE TaskDefinition", "ecs:RegisterTaskDefinition"),
          Map.entry("CREATE Service", "ecs:CreateService"),
          Map.entry("CREATE ScalableTarget", "application-autoscaling:RegisterScalableTarget"),
          Map.entry("CREATE ScalingPolicy", "application-autoscaling:PutScalingPolicy"),
          Map.entry("CREATE MetricAlarm", "monitoring:PutMetricAlarm"),
          Map.entry("DELETE MetricAlarm", "monitoring:DeleteAlarms"),
          Map.entry("DELETE SecurityGroup", "ec2:DeleteSecurityGroup"),
          Map.entry("DELETE SecurityGroupRule", "ec2:RevokeSecurityGroupIngress"),
          Map.entry("DELETE TargetGroup", "elasticloadbalancing:DeleteTargetGroup"),
          Map.entry("DELETE ListenerRule", "elasticloadbalancing:DeleteRule"),
          Map.entry("DELETE LogGroup", "logs:DeleteLogGroup"),
          Map.entry("DELETE Secret", "secretsmanager:DeleteSecret"),
          Map.entry("DELETE DiscoveryService", "servicediscovery:DeleteService"),
          Map.entry("DELETE TaskDefinition", "ecs:DeregisterTaskDefinition"),
          Map.entry("DELETE Service", "ecs:DeleteService"),
          Map.entry("DELETE ScalableTarget", "application-autoscaling:DeregisterScalableTarget"),
          Map.entry("DELETE ScalingPolicy", "application-autoscaling:DeleteScalingPolicy"));

  /** What may follow it: the rest of the same action, as AWS's API cuts it. */
  private static final Map<String, Set<String>> MORE =
      Map.of(
          "CREATE TargetGroup", Set.of("elasticloadbalancing:ModifyTargetGroupAttributes"),
          "CREATE LogGroup", Set.of("logs:PutRetentionPolicy"),
          "CREATE Secret", Set.of("secretsmanager:UpdateSecretVersionStage"),
          "DELETE TaskDefinition", Set.of("ecs:DeleteTaskDefinitions"));

  /** A change is one or more of these, each once. */
  private static final Map<String, Set<String>> CHANGES =
      Map.ofEntries(
          Map.entry("SecurityGroup", Set.of("ec2:CreateTags", "ec2:DeleteTags")),
          Map.entry("SecurityGroupRule", Set.of("ec2:CreateTags", "ec2:DeleteTags")),
          Map.entry(
              "TargetGroup",
              Set.of(
                  "elasticloadbalancing:ModifyTargetGroup",
                  "elasticloadbalancing:ModifyTargetGroupAttributes",
                  "elasticloadbalancing:AddTags",
                  "elasticloadbalancing:RemoveTags")),
          Map.entry(
              "ListenerRule",
              Set.of(
                  "elasticloadbalancing:SetRulePriorities",
                  "elasticloadbalancing:ModifyRule",
                  "elasticloadbalancing:AddTags",
                  "elasticloadbalancing:RemoveTags")),
          Map.entry(
              "LogGroup",
              Set.of("logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource")),
          Map.entry(
              "Secret", Set.of("secretsmanager:PutSecretValue", "secretsmanager:TagResource")),
          Map.entry(
              "FileSystem",
              Set.of(
                  "elasticfilesystem:UpdateFileSystem",
                  "elasticfilesystem:TagResource",
                  "elasticfilesystem:UntagResource")),
          Map.entry(
              "AccessPoint",
              Set.of("elasticfilesystem:TagResource", "elasticfilesystem:UntagResource")),
          Map.entry("MountTarget", Set.of("elasticfilesystem:ModifyMountTargetSecurityGroups")),
          Map.entry("DiscoveryService", Set.of("servicediscovery:UpdateService")),
          Map.entry("TaskDefinition", Set.of("ecs:TagResource", "ecs:UntagResource")),
          Map.entry("Service", Set.of("ecs:UpdateService", "ecs:TagResource", "ecs:UntagResource")),
          Map.entry(
              "ScalableTarget",
              Set.of(
                  "application-autoscaling:RegisterScalableTarget",
                  "application-autoscaling:TagResource")),
          Map.entry("ScalingPolicy", Set.of("application-autoscaling:PutScalingPolicy")),
          Map.entry(
              "MetricAlarm",
              Set.of(
                  "monitoring:PutMetricAlarm",
                  "monitoring:TagResource",
                  "monitoring:UntagResource")));

  private final VirtualWorld world = new VirtualWorld();
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Named<Consumer<FargateApp>> change(String name, Consumer<FargateApp> change) {
    return Named.of(name, change);
  }

  private static Alarm alarm(String name, String metric) {
    Alarm alarm = new Alarm();
    alarm.name = name;
    alarm.metric = metric;
    alarm.thresholdPercent = 90;
    alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
    return alarm;
  }

  static Stream<Named<Consumer<FargateApp>>> changes() {
    return Stream.of(
        change("nothing", app -> {}),
        change("image", app -> app.getSpec().image = "phoenix:2"),
        change(
            "port",
            app -> {
              app.getSpec().ports.get(0).containerPort = 3001;
              app.getSpec().env.get(0).value = "3001";
            }),
        change(
            "no autoscaling",
            app -> {
              app.getSpec().autoscaling = null;
              app.getSpec().replicas = 2;
            }),
        change("scaling bounds", app -> app.getSpec().autoscaling.maxReplicas = 9),
        change("suspend", app -> app.getSpec().suspend = true),
        change(
            "alarms",
            app -> {
              app.getSpec().alarms.clear();
              app.getSpec().alarms.add(alarm("cpu-now", "Cpu"));
              app.getSpec().alarms.add(alarm("errors", "Http5xx"));
            }),
        change("restart", app -> app.getSpec().restartedAt = "2026-11-21T09:00:00Z"),
        change(
            "tags, retention, paths, health check",
            app -> {
              app.getSpec().logs.retentionDays = 14;
              app.getSpec().tags.put("team", "web");
              app.getSpec().ingresses.get(0).paths.add("/api/*");
              app.getSpec().ingresses.get(0).healthCheck.path = "/";
            }),
        change(
            "no ingress",
            app -> {
              app.getSpec().ingresses.clear();
              app.getSpec().autoscaling.requestsPerMinutePerTask = null;
            }),
        change("traffic moved by ECS", PlanEqualsWritesTest::blueGreen),
        change(
            "a private name",
            app -> {
              app.getSpec().privateDns = new dev.fargate.api.v1alpha1.app.PrivateDns();
              app.getSpec().privateDns.name = "phoenix";
            }));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatAChangePlansIsWhatItWrites(Consumer<FargateApp> change) {
    start();
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    change.accept(app);
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    world.forgetCalls();
    app.getSpec().mode = Mode.APPLY;
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    assertIsCarriedOut(plan);
  }

  static Stream<Named<Consumer<FargateApp>>> changesWhereEcsMovesTraffic() {
    return Stream.of(
        change("image", app -> app.getSpec().image = "phoenix:2"),
        change("bake time", app -> app.getSpec().rollout.bakeTimeMinutes = 1),
        change("rolling again", app -> app.getSpec().rollout = null),
        change(
            "port",
            app -> {
              app.getSpec().ports.get(0).containerPort = 3001;
              app.getSpec().env.get(0).value = "3001";
            }));
  }

  @ParameterizedTest
  @MethodSource("changesWhereEcsMovesTraffic")
  void whatAChangeWhereEcsMovesTrafficPlansIsWhatItWrites(Consumer<FargateApp> change) {
    blueGreen(app);
    whatAChangePlansIsWhatItWrites(change);
  }

  private static void blueGreen(FargateApp app) {
    app.getSpec().autoscaling.requestsPerMinutePerTask = null;
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.strategy = RolloutStrategy.BLUE_GREEN;
  }

  @Test
  void whatCreatingPhoenixPlansIsWhatItWrites() {
    start();
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    world.forgetCalls();
    app.getSpec().mode = Mode.APPLY;
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    assertThat(plan.actions).hasSizeGreaterThan(8);
    assertIsCarriedOut(plan);
  }

  @Test
  void whatADatabasePlansIsWhatItWrites() {
    database.getSpec().mode = Mode.PLAN;
    world.apply(read("environment.yaml", FargateEnvironment.class), database);
    world.runUntil(
        "the database is planned",
        LONG_ENOUGH,
        () ->
            world.database("phoenix-db").getStatus() != null
                && world.database("phoenix-db").getStatus().plan != null);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    world.forgetCalls();
    database.getSpec().mode = Mode.APPLY;
    world.apply(database);
    untilDone("FargateDatabase", "phoenix-db");
    assertThat(plan.actions).hasSizeGreaterThan(5);
    assertIsCarriedOut(plan);
  }

  @Test
  void whatADeletionPlansIsWhatItWrites() {
    start();
    app.getSpec().deletionPolicy = DeletionPolicy.DELETE;
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.delete("FargateApp", "phoenix");
    world.run(Duration.ofMinutes(2));
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    world.forgetCalls();
    world.app("phoenix").getSpec().mode = Mode.APPLY;
    world.runUntil("the app is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "phoenix"));
    assertThat(plan.actions).hasSizeGreaterThan(8);
    assertIsCarriedOut(plan);
  }

  @Test
  void whatDeletingADatabasePlansIsWhatItWrites() {
    start();
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.delete("FargateDatabase", "phoenix-db");
    world.run(Duration.ofMinutes(2));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    assertThat(plan.actions)
        .filteredOn(action -> Boolean.TRUE.equals(action.losesData))
        .extracting(action -> action.resource)
        .containsExactlyInAnyOrder("FileSystem/data", "Secret/credentials", "LogGroup/logs");
    world.forgetCalls();
    world.database("phoenix-db").getSpec().mode = Mode.APPLY;
    world.runUntil(
        "the database is gone", LONG_ENOUGH, () -> !world.exists("FargateDatabase", "phoenix-db"));
    assertIsCarriedOut(plan);
  }

  private void start() {
    FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
    environment.getSpec().access.topicArns = List.of("*");
    environment.getSpec().defaults.infrastructureRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
    world.apply(environment, database);
    untilDone("FargateDatabase", "phoenix-db");
  }

  /** Ready, in sync, and still so after whatever AWS is late with. */
  private void untilDone(String kind, String name) {
    world.run(Duration.ofSeconds(5));
    world.runUntil(
        name + " is as wanted",
        LONG_ENOUGH,
        () ->
            world.ready(kind, name)
                && world
                    .condition(kind, name, ConditionType.SYNCED)
                    .filter(synced -> synced.getStatus().equals("True"))
                    .isPresent());
    world.run(Duration.ofMinutes(2));
  }

  /** Takes the calls of each action off the list; nothing may be left on either side. */
  private void assertIsCarriedOut(PlanStatus plan) {
    assertThat(plan.truncated).isNull();
    List<String> writes =
        new ArrayList<>(
            world.aws.calls().writes().stream()
                .filter(call -> call.error().isEmpty())
                .map(call -> call.name())
                .toList());
    for (PlannedAction action : plan.actions) {
      List<String> left = List.copyOf(writes);
      if (!take(action, writes)) {
        fail("%s did not happen; what is left of the writes: %s", action.id, left);
      }
    }
    assertThat(writes).as("writes that were not planned").isEmpty();
  }

  private static boolean take(PlannedAction action, List<String> writes) {
    String verb = action.id.substring(0, action.id.indexOf(' '));
    String kind = action.resource.substring(0, action.resource.indexOf('/'));
    if (verb.equals("UPDATE")) {
      int first = 0;
      while (first < writes.size() && !CHANGES.get(kind).contains(writes.get(first))) {
        first++;
      }
      Set<String> changes = new LinkedHashSet<>();
      while (first < writes.size()
          && CHANGES.get(kind).contains(writes.get(first))
          && changes.add(writes.get(first))) {
        writes.remove(first);
      }
      return !changes.isEmpty();
    }
    String call = CALLS.get(verb + " " + kind);
    if (call == null || !writes.remove(call)) {
      return false;
    }
    for (String more : MORE.getOrDefault(verb + " " + kind, Set.of())) {
      writes.remove(more);
    }
    return true;
  }
}
