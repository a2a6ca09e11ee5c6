package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.Golden;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Stack;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plans as people read them, whole. */
class PlanTextTest {
  @Test
  void aNewApp() {
    assertText("new-app", plan(new SimulatedAws(), Apps.stack(Apps.web())));
  }

  @Test
  void anotherImageAndAVariable() {
    SimulatedAws aws = running();
    assertText(
        "another-image",
        plan(
            aws,
            Apps.stack(
                Apps.web(
                    spec -> {
                      spec.image = "web:2";
                      spec.env.clear();
                    }))));
  }

  @Test
  void anotherPortReplacesTheTargetGroup() {
    assertText(
        "another-port",
        plan(running(), Apps.stack(Apps.web(s -> s.ports.get(0).containerPort = 9090))));
  }

  @Test
  void autoscalingComes() {
    assertText(
        "autoscaling",
        plan(running(), Apps.stack(Apps.web(s -> s.autoscaling = Apps.scaling(2, 4, 600)))));
  }

  @Test
  void deleting() {
    assertText("deleting", plan(running(), Stack.empty(Apps.OWNER)));
  }

  @Test
  void nothingToDo() {
    assertThat(PlanText.of(plan(running(), Apps.stack(Apps.web()))))
        .isEqualTo("Plan for FargateApp/default/web\n\nPlan: nothing to do.\n");
  }

  @Test
  void conflictsAndWhatWasNotReadAreNamed() {
    Plan plan =
        new Plan(
            Apps.OWNER,
            List.of(),
            List.of(new Conflict("TargetGroup/web default-web-1", "arn:tg")),
            Resolution.none(),
            List.of(),
            Set.of(Kind.SERVICE, Kind.SECRET));
    assertThat(PlanText.of(plan))
        .contains("Conflict: TargetGroup/web default-web-1 belongs to arn:tg\n")
        .contains("Not read yet, so not planned: Secret, Service\n");
  }

  private static SimulatedAws running() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web()));
    return aws;
  }

  private static Plan plan(SimulatedAws aws, Stack stack) {
    return Planner.plan(stack, aws.observed(), Apps.options());
  }

  private static void assertText(String name, Plan plan) {
    Golden.assertText("plans/" + name + ".txt", PlanText.of(plan));
  }
}
