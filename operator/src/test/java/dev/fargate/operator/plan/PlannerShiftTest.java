package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An app whose traffic ECS moves between two target groups. */
class PlannerShiftTest {
  private static final Consumer<FargateAppSpec> ROLLING = spec -> {};
  private static final Consumer<FargateAppSpec> BLUE_GREEN = strategy(RolloutStrategy.BLUE_GREEN);
  private static final Consumer<FargateAppSpec> CANARY = strategy(RolloutStrategy.CANARY);

  private static Consumer<FargateAppSpec> strategy(String strategy) {
    return spec -> {
      spec.rollout = new Rollout();
      spec.rollout.strategy = strategy;
    };
  }

  private static Stack stack(Consumer<FargateAppSpec> change) {
    Place plain = Apps.place("ns-1");
    Defaults defaults = new Defaults();
    defaults.infrastructureRoleArn = "arn:aws:iam::123456789012:role/infrastructure";
    Place place =
        new Place(
            plain.environment(),
            plain.region(),
            plain.accountId(),
            plain.clusterArn(),
            plain.clusterName(),
            plain.namespaceId(),
            plain.privateDomain(),
            plain.vpcId(),
            plain.subnetIds(),
            plain.securityGroupIds(),
            plain.assignPublicIp(),
            plain.loadBalancers(),
            plain.logGroups(),
            plain.publicZones(),
            defaults);
    return Apps.stack(Apps.web(change), place);
  }

  private static SimulatedAws running(Consumer<FargateAppSpec> change) {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, stack(change));
    return aws;
  }

  private static Plan plan(SimulatedAws aws, Consumer<FargateAppSpec> change) {
    return Planner.plan(stack(change), aws.observed(), Apps.options());
  }

  /** ECS writes the weights of the one rule, in the order of its target groups. */
  private static void weigh(SimulatedAws aws, int... weights) {
    ObservedResource there = aws.of(Kind.LISTENER_RULE).get(0);
    ListenerRule rule = (ListenerRule) there.actual();
    List<ListenerRule.Forward> forwards = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      forwards.add(new ListenerRule.Forward(rule.forwards().get(i).targetGroupArn(), weights[i]));
    }
    aws.replace(
        there,
        SimulatedAws.with(
            there,
            new ListenerRule(
                rule.id(),
                rule.listenerArn(),
                rule.priority(),
                rule.priorityBase(),
                rule.hosts(),
                rule.paths(),
                rule.sourceCidrs(),
                forwards),
            there.tags()));
  }

  private static Consumer<FargateAppSpec> image(String image) {
    return spec -> spec.image = image;
  }

  private static Service service(Action action) {
    return (Service) action.desired();
  }

  private static List<Action> of(Plan plan, Kind kind) {
    return plan.actions().stream().filter(action -> action.id().kind() == kind).toList();
  }

  private static List<Integer> weights(Action rule) {
    return ((ListenerRule) rule.desired())
        .forwards().stream().map(ListenerRule.Forward::weight).toList();
  }

  private static String group(SimulatedAws aws, String name) {
    return aws.of(Kind.TARGET_GROUP).stream()
        .filter(group -> group.actual().id().name().equals(name))
        .findFirst()
        .orElseThrow()
        .outputs()
        .get(Output.ARN);
  }

  /** The target groups that a step has the tasks in, or will have. */
  private static List<String> groups(Action action) {
    return service(action).loadBalancers().stream()
        .map(target -> target.targetGroupArn().toString())
        .toList();
  }

  @Test
  void aNewAppHasTwoTargetGroupsAndTheFirstHasTheTraffic() {
    Plan plan = plan(new SimulatedAws(), BLUE_GREEN);

    assertThat(steps(plan)).contains("CREATE TargetGroup/web", "CREATE TargetGroup/web-alternate");
    assertThat(weights(only(plan, Verb.CREATE, Kind.LISTENER_RULE))).containsExactly(1, 0);
    Action create = only(plan, Verb.CREATE, Kind.SERVICE);
    assertThat(service(create).shifts()).isTrue();
    assertThat(create.waitingFor()).isNull();
    assertThat(create.after()).contains(only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId());
  }

  @Test
  void theWeightsAreEcssWhicheverGroupHasTheTraffic() {
    SimulatedAws aws = running(BLUE_GREEN);
    for (int[] weights : new int[][] {{0, 100}, {60, 40}, {100, 0}}) {
      weigh(aws, weights);
      assertThat(plan(aws, BLUE_GREEN).isEmpty()).isTrue();
      assertThat(steps(plan(aws, BLUE_GREEN.andThen(image("web:2")))))
          .containsExactly("CREATE TaskDefinition/tasks", "UPDATE Service/service");
    }
  }

  @Test
  void anotherStrategyBetweenTwoDeploymentsNeedsNone() {
    Action update = only(plan(running(BLUE_GREEN), CANARY), Verb.UPDATE, Kind.SERVICE);

    assertThat(update.startsDeployment()).isFalse();
    assertThat(update.waitingFor()).isNull();
  }

  @Test
  void anotherStrategyIsTakenOnlyOnceTheDeploymentHasEnded() {
    SimulatedAws aws = running(BLUE_GREEN);
    aws.carryOut(plan(aws, BLUE_GREEN.andThen(image("web:2"))));

    Plan same = plan(aws, CANARY.andThen(image("web:2")));
    Action later = only(same, Verb.UPDATE, Kind.SERVICE);
    assertThat(later.waitingFor()).isEqualTo(Running.ROLLOUT);
    assertThat(service(later).deployment().strategy().name()).isEqualTo("CANARY");

    List<Action> both = of(plan(aws, CANARY.andThen(image("web:3"))), Kind.SERVICE);
    assertThat(both).extracting(Action::waitingFor).containsExactly(null, Running.ROLLOUT);
    assertThat(both.get(0).startsDeployment()).as("the new spec comes at once").isTrue();
    assertThat(service(both.get(0)).deployment().strategy().name()).isEqualTo("BLUE_GREEN");
    assertThat(both.get(1).reason()).isEqualTo("from now on ECS moves the traffic");
    assertThat(both.get(1).after()).contains(both.get(0).actionId());

    Action rolling = of(plan(aws, ROLLING.andThen(image("web:2"))), Kind.SERVICE).get(0);
    assertThat(rolling.touches("deployment.strategy")).isTrue();
    assertThat(rolling.waitingFor()).isEqualTo(Running.ROLLOUT);
  }

  @Test
  void aRollingAppTakesTheSettingsByRollingAndThenTheStrategy() {
    SimulatedAws aws = running(ROLLING);
    Plan plan = plan(aws, BLUE_GREEN);

    assertThat(steps(plan))
        .containsExactly(
            "CREATE TargetGroup/web-alternate",
            "UPDATE ListenerRule/web-80-exact-1",
            "UPDATE Service/service",
            "UPDATE Service/service");
    List<Action> service = of(plan, Kind.SERVICE);
    assertThat(service).extracting(Action::waitingFor).containsExactly(null, Running.ROLLOUT);
    assertThat(service(service.get(0)).shifts()).isFalse();
    assertThat(service(service.get(0)).deployment().circuitBreaker())
        .as("what guards a rolling deployment holds while it rolls")
        .isTrue();
    assertThat(service(service.get(0)).loadBalancers()).allMatch(t -> t.shift() != null);
    assertThat(service.get(0).after())
        .contains(only(plan, Verb.UPDATE, Kind.LISTENER_RULE).actionId());
    assertThat(service(service.get(1)).shifts()).isTrue();
    assertThat(service.get(1).after()).contains(service.get(0).actionId());

    aws.carryOut(plan);
    aws.settle();
    Action last = only(plan(aws, BLUE_GREEN), Verb.UPDATE, Kind.SERVICE);
    assertThat(last.waitingFor()).isNull();
    assertThat(last.startsDeployment()).isFalse();
    PlannerConvergenceTest.converge(aws, stack(BLUE_GREEN));
    assertThat(aws.unanswered).isEmpty();
  }

  @Test
  void backToRollingTheTasksJoinBothGroupsBeforeTheTrafficLeavesTheAlternate() {
    SimulatedAws aws = running(BLUE_GREEN);
    weigh(aws, 0, 100);
    Plan plan = plan(aws, ROLLING);

    List<Action> service = of(plan, Kind.SERVICE);
    assertThat(groups(service.get(0)))
        .containsExactlyInAnyOrder(group(aws, "web-alternate"), "(known after: TargetGroup/web)");
    assertThat(service(service.get(0)).loadBalancers()).allMatch(t -> t.shift() == null);
    assertThat(service.get(1).waitingFor()).isEqualTo(Running.ROLLOUT);
    assertThat(service.get(1).reason()).isEqualTo("leaves what only the move needed");
    List<Action> rule = of(plan, Kind.LISTENER_RULE);
    assertThat(rule).extracting(Action::waitingFor).containsOnly(Running.ROLLOUT);
    assertThat(rule.get(0).reason()).isEqualTo("moves the traffic to the new target group");
    assertThat(rule.get(1).reason()).isEqualTo("lets go of the old one");
    assertThat(only(plan, Verb.DELETE, Kind.TARGET_GROUP).waitingFor()).isEqualTo(Running.ROLLOUT);
    PlannerConvergenceTest.converge(aws, stack(ROLLING));
    assertThat(aws.unanswered).isEmpty();
    assertThat(aws.of(Kind.TARGET_GROUP)).hasSize(1);
  }

  @Test
  void backToRollingFromTheFirstGroupNoTrafficHasToMove() {
    SimulatedAws aws = running(BLUE_GREEN);
    weigh(aws, 100, 0);
    Plan plan = plan(aws, ROLLING);

    Action update = only(plan, Verb.UPDATE, Kind.SERVICE);
    assertThat(service(update).loadBalancers()).singleElement().matches(t -> t.shift() == null);
    PlannerConvergenceTest.converge(aws, stack(ROLLING));
    assertThat(aws.of(Kind.TARGET_GROUP)).hasSize(1);
  }

  @Test
  void anotherPortKeepsTheTasksInTheGroupThatServesUntilTheTrafficHasMoved() {
    Consumer<FargateAppSpec> moved =
        BLUE_GREEN.andThen(spec -> spec.ports.get(0).containerPort = 9090);
    for (String serving : List.of("web", "web-alternate")) {
      SimulatedAws aws = running(BLUE_GREEN);
      weigh(aws, serving.equals("web") ? 100 : 0, serving.equals("web") ? 0 : 100);
      Plan plan = plan(aws, moved);

      List<Action> service = of(plan, Kind.SERVICE);
      assertThat(service)
          .extracting(Action::waitingFor)
          .containsExactly(null, Running.ROLLOUT, Running.ROLLOUT);
      assertThat(groups(service.get(0)))
          .containsExactlyInAnyOrder("(known after: TargetGroup/web)", group(aws, serving));
      assertThat(service(service.get(0)).loadBalancers())
          .as("the new port answers in the old group as well")
          .allMatch(target -> target.containerPort() == 9090 && target.shift() == null);
      assertThat(service(service.get(0)).shifts()).isFalse();
      assertThat(service(service.get(1)).shifts()).isFalse();
      assertThat(service(service.get(1)).loadBalancers()).allMatch(t -> t.shift() != null);
      assertThat(service.get(1).reason())
          .isEqualTo("ECS takes what it needs to move traffic with a rolling deployment");
      assertThat(service(service.get(2)).shifts()).isTrue();

      List<Action> rule = of(plan, Kind.LISTENER_RULE);
      assertThat(rule)
          .extracting(Action::waitingFor)
          .containsExactly(null, Running.ROLLOUT, Running.ROLLOUT);
      assertThat(rule.get(0).reason()).isEqualTo("attaches the new target group, without traffic");
      PlannerConvergenceTest.converge(aws, stack(moved));
      assertThat(aws.unanswered).isEmpty();
      assertThat(aws.of(Kind.TARGET_GROUP)).hasSize(2);
    }
  }

  /** The old rule would go on sending requests to where tasks are about to stop. */
  @Test
  void aRuleForOtherHostsSendsToTheServingGroupAndTheOldOneGoesAtOnce() {
    SimulatedAws aws = running(BLUE_GREEN);
    weigh(aws, 0, 100);
    Plan plan =
        plan(aws, BLUE_GREEN.andThen(spec -> spec.ingresses.get(0).hosts.set(0, "*.example.com")));

    assertThat(weights(only(plan, Verb.CREATE, Kind.LISTENER_RULE))).containsExactly(0, 1);
    Action delete = only(plan, Verb.DELETE, Kind.LISTENER_RULE);
    assertThat(delete.waitingFor()).isNull();
    assertThat(delete.after())
        .contains(
            only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId(),
            only(plan, Verb.UPDATE, Kind.SERVICE).actionId());
  }

  @Test
  void whatEcsHasGivenUpOnKeepsTheStrategyItWasDeployedWith() {
    SimulatedAws aws = running(BLUE_GREEN);
    Consumer<FargateAppSpec> broken = BLUE_GREEN.andThen(image("web:broken"));
    aws.carryOut(plan(aws, broken));
    aws.rollBack();

    assertThat(plan(aws, broken).isEmpty()).isTrue();
    Plan other = plan(aws, CANARY.andThen(image("web:broken")));
    assertThat(other.givenUp()).isTrue();
    assertThat(other.isEmpty()).as("how traffic moves is no part of what failed").isTrue();
    Plan more = plan(aws, broken.andThen(spec -> spec.replicas = 3));
    assertThat(service(only(more, Verb.UPDATE, Kind.SERVICE)).count().desired()).isEqualTo(3);
    assertThat(only(more, Verb.UPDATE, Kind.SERVICE).startsDeployment()).isFalse();
  }

  @Test
  void deletingLeavesNothing() {
    SimulatedAws aws = running(BLUE_GREEN);
    PlannerConvergenceTest.converge(aws, Stack.empty(Apps.OWNER));
    assertThat(aws.resources).isEmpty();
  }
}
