package dev.fargate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.api.v1alpha1.app.EnvVar;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an edit of the app does, under load where that matters. Each test leaves it Ready. */
@Tag("any-kubernetes")
class EditTest {
  /** Two seconds of the load: a rollout that nobody asked during would prove nothing. */
  private static final int ENOUGH = 140;

  private static final int SENT_RATE = 70;
  private static final int CLIENTS = 6;

  private static PhoenixWorld world;

  @BeforeAll
  static void start() {
    world = PhoenixWorld.ofProcesses().untilReady();
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void aRollingUpdateUnderLoadAnswersEveryRequest() {
    world.edit(app -> app.getSpec().image = world.image("before"));
    world.until("the old version serves", () -> world.serves("before"));
    try (SteadyLoad load = load()) {
      world.until("the old version answers", () -> load.versions().contains("before"));
      world.edit(app -> app.getSpec().image = world.image("after"));
      world.until(
          "the new version serves",
          () -> world.serves("after") && load.versions().contains("after"));
      assertThat(load.answers()).isGreaterThan(ENOUGH);
      load.close();
      assertThat(load.failures()).isEmpty();
      assertThat(load.versions()).contains("before", "after");
      assertThat(load.answersOnKeptConnections()).isGreaterThan(load.answers() * 9 / 10);
    }
  }

  @Test
  void anotherPortReplacesTheTargetGroupWhileEveryRequestIsAnswered() {
    String before = world.targetGroups().get(0);
    try (SteadyLoad load = load()) {
      world.edit(
          app -> {
            app.getSpec().ports.get(0).containerPort = 3001;
            app.getSpec().env.stream()
                .filter(variable -> variable.name.equals("PORT"))
                .forEach(variable -> variable.value = "3001");
          });
      world.until(
          "the app is Ready behind another target group only",
          () ->
              PhoenixWorld.isReady(world.app())
                  && world.targetGroups().size() == 1
                  && !world.targetGroups().contains(before));
      load.close();
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void anotherVariableIsRolledOutAtOnce() {
    world.aws().calls().clear();
    world.edit(
        app -> {
          EnvVar variable = new EnvVar();
          variable.name = "GREETING";
          variable.value = "hello";
          app.getSpec().env.add(variable);
        });
    world.until(
        "it is rolled out", () -> world.account.operatorWrites().contains("ecs:UpdateService"));
    world.untilReady();
  }

  @Test
  void boundsOfAutoscalingChangeInPlace() {
    String deployment = world.service().deployments().get(0).id();
    world.aws().calls().clear();
    world.edit(app -> PhoenixWorld.bounds(app, 1, 3));
    world.until("AWS has the new bound", () -> !world.account.operatorWrites().isEmpty());
    world.edit(app -> PhoenixWorld.bounds(app, 1, 1));
    world.until("AWS has the old one again", () -> world.account.operatorWrites().size() == 2);
    assertThat(world.account.operatorWrites())
        .containsOnly("application-autoscaling:RegisterScalableTarget");
    assertThat(world.service().deployments())
        .singleElement()
        .matches(d -> d.id().equals(deployment));
    world.untilReady();
  }

  @Test
  void scalingIsRefusedWhileAutoscalingOwnsTheCount() {
    assertThatThrownBy(() -> world.client().resource(world.app()).scale(3))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(422))
        .hasMessageContaining("autoscaling owns the count; edit autoscaling.minReplicas");
    assertThat(world.app().getSpec().replicas).isEqualTo(1);
  }

  private static SteadyLoad load() {
    return new SteadyLoad(world.url(), CLIENTS, SENT_RATE);
  }
}
