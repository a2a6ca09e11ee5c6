package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.environment.SharedLogGroup;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log groups that an environment owns and its apps and databases share. In virtual time. */
class SharedLogGroupsTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);
  private static final String SHARED = "/fargate/acme/_shared/phoenix/web";
  private static final String OWN = "/fargate/acme/default/phoenix";

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void anAppAlone() {
    app.getSpec().env.clear();
    app.getSpec().autoscaling = null;
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void share(String name, Integer days) {
    SharedLogGroup group = new SharedLogGroup();
    group.name = name;
    group.retentionDays = days;
    environment.getSpec().logGroups.add(group);
  }

  private static Logs into(String group) {
    Logs logs = new Logs();
    logs.group = group;
    return logs;
  }

  private void ready(String kind, String name) {
    world.run(Duration.ofSeconds(30));
    world.runUntil(name + " is ready", LONG_ENOUGH, () -> world.ready(kind, name));
  }

  private boolean has(String logGroup) {
    return world.aws.logs().hasGroup(logGroup);
  }

  @Test
  void anAppWaitsForAGroupThatTheEnvironmentLacksAndThenMakesNoneOfItsOwn() {
    app.getSpec().logs = into("web");
    world.apply(environment, app);
    world.run(Duration.ofMinutes(5));
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.REFERENCES_RESOLVED))
        .hasValueSatisfying(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getMessage())
                  .isEqualTo(
                      "spec.logs.group: environment phoenix has no log group web yet (its"
                          + " spec.logGroups).");
            });
    world.run(Duration.ofMinutes(15));
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.STALLED)).isPresent();

    share("web", 1);
    world.apply(environment);
    ready("FargateApp", "phoenix");
    assertThat(has(SHARED)).isTrue();
    assertThat(has(OWN)).isFalse();
    assertThat(retention(SHARED)).isEqualTo(1);
    assertThat(world.aws.calls().named("ecs:RegisterTaskDefinition").get(0).input().toString())
        .contains("awslogs-group=" + SHARED)
        .contains("awslogs-stream-prefix=default/phoenix");
  }

  @Test
  void theRetentionChangesInPlaceAndIsTheEnvironmentsUnlessSaid() {
    share("web", null);
    world.apply(environment);
    ready("FargateEnvironment", "phoenix");
    assertThat(retention(SHARED)).isEqualTo(environment.getSpec().defaults.logRetentionDays);
    environment.getSpec().logGroups.get(0).retentionDays = 90;
    world.forgetCalls();
    world.apply(environment);
    ready("FargateEnvironment", "phoenix");
    assertThat(world.awsWrites()).containsExactly("logs:PutRetentionPolicy");
    assertThat(retention(SHARED)).isEqualTo(90);
  }

  @Test
  void anAppThatMovesToASharedGroupLosesItsOwnOnlyAfterTheLastTaskThatWritesThere() {
    share("web", 7);
    world.apply(environment, app);
    ready("FargateApp", "phoenix");
    assertThat(has(OWN)).isTrue();
    app.getSpec().logs = into("web");
    world.apply(app);
    world.runUntil("its own group goes", LONG_ENOUGH, () -> !has(OWN));
    assertThat(world.aws.scriptedTasks().running()).hasSize(1);
    ready("FargateApp", "phoenix");
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aGroupThatLeavesTheListStaysAsLongAsSomebodyNamesIt() {
    share("web", 7);
    database.getSpec().logs = into("web");
    app.getSpec().logs = into("web");
    world.apply(environment, database, app);
    ready("FargateApp", "phoenix");
    ready("FargateDatabase", "phoenix-db");
    environment.getSpec().logGroups.clear();
    world.apply(environment);
    world.run(Duration.ofMinutes(10));
    assertThat(has(SHARED)).isTrue();
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.SYNCED))
        .hasValueSatisfying(
            synced ->
                assertThat(synced.getMessage())
                    .contains("FargateApp/default/phoenix to use it no more"));

    app.getSpec().logs = null;
    world.apply(app);
    ready("FargateApp", "phoenix");
    world.run(Duration.ofMinutes(5));
    assertThat(has(SHARED)).as("the database still writes there").isTrue();
    database.getSpec().logs = null;
    world.apply(database);
    world.runUntil("the shared group goes", LONG_ENOUGH, () -> !has(SHARED));
  }

  @Test
  void ofAnAppThatGoesTheGroupStaysWhereThatIsAskedAndTheLastEventListsIt() {
    app.getSpec().logs.keepOnDelete = true;
    world.apply(environment, app);
    ready("FargateApp", "phoenix");
    world.events.clear();
    world.delete("FargateApp", "phoenix");
    world.runUntil("gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "phoenix"));
    assertThat(has(OWN)).isTrue();
    assertThat(world.events)
        .last()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("Retained");
              assertThat(event.message()).contains("LogGroup").contains(OWN);
            });
  }

  private int retention(String logGroup) {
    List<Integer> days =
        world.aws.calls().named("logs:PutRetentionPolicy").stream()
            .map(call -> call.input())
            .filter(input -> input.required("logGroupName").equals(logGroup))
            .map(input -> input.integer("retentionInDays").orElseThrow())
            .toList();
    return days.get(days.size() - 1);
  }
}
