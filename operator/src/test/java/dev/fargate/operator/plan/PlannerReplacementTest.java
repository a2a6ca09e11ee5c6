package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What cannot be changed is made anew beside the old, where AWS lets both exist. */
class PlannerReplacementTest {
  private static final Consumer<FargateAppSpec> PORT_9090 =
      spec -> spec.ports.get(0).containerPort = 9090;

  private static List<String> now(Plan plan) {
    return plan.actions().stream()
        .filter(action -> action.waitingFor() == null)
        .map(action -> action.verb() + " " + action.id())
        .toList();
  }

  private static String weights(SimulatedAws aws) {
    ListenerRule rule = (ListenerRule) aws.of(Kind.LISTENER_RULE).get(0).actual();
    return rule.forwards().stream().map(f -> String.valueOf(f.weight())).toList().toString();
  }

  private static int groupsOfTheService(SimulatedAws aws) {
    return ((Service) aws.service().actual()).loadBalancers().size();
  }

  /** The whole path, pass by pass; each step is seen from AWS alone. */
  @Test
  void aTargetGroupIsReplacedWithoutAMomentWithoutTargets() {
    SimulatedAws aws = running();
    Plan whole = plan(aws, PORT_9090);

    assertThat(now(whole))
        .containsExactly(
            "CREATE SecurityGroupRule/lb-lb-9090",
            "CREATE TargetGroup/web",
            "UPDATE ListenerRule/web-80-exact-1",
            "CREATE TaskDefinition/tasks",
            "UPDATE Service/service");
    aws.carryOut(whole);
    assertThat(weights(aws)).as("the new one joins without traffic").isEqualTo("[1, 0]");
    assertThat(groupsOfTheService(aws)).as("new tasks join both").isEqualTo(2);

    assertThat(now(plan(aws, PORT_9090))).as("while the rollout runs").isEmpty();
    aws.settle();
    Plan shift = plan(aws, PORT_9090);
    assertThat(now(shift))
        .containsExactly("UPDATE ListenerRule/web-80-exact-1", "UPDATE Service/service");
    aws.carryOut(shift);
    assertThat(weights(aws)).isEqualTo("[0, 1]");
    assertThat(groupsOfTheService(aws)).isEqualTo(1);

    assertThat(now(plan(aws, PORT_9090))).as("while the old tasks drain").isEmpty();
    aws.settle();
    assertThat(now(plan(aws, PORT_9090)))
        .containsExactly(
            "UPDATE ListenerRule/web-80-exact-1",
            "DELETE TargetGroup/web",
            "DELETE SecurityGroupRule/lb-lb-8080");
    aws.carryOut(plan(aws, PORT_9090));
    assertThat(plan(aws, PORT_9090).isEmpty()).isTrue();
    assertThat(aws.unanswered).isEmpty();
  }

  @Test
  void requestCountScalingFollowsTheTraffic() {
    SimulatedAws aws = running(spec -> spec.autoscaling = Apps.scaling(1, 4, 600));
    Consumer<FargateAppSpec> moved =
        spec -> {
          PORT_9090.accept(spec);
          spec.autoscaling = Apps.scaling(1, 4, 600);
        };
    Action label = only(plan(aws, moved), Verb.UPDATE, Kind.SCALING_POLICY);
    assertThat(label.touches("resourceLabel")).isTrue();
    assertThat(label.waitingFor()).isEqualTo("the rollout of the service to complete");

    aws.carryOut(plan(aws, moved));
    aws.settle();
    assertThat(now(plan(aws, moved))).contains("UPDATE ScalingPolicy/requests");
  }

  @Test
  void requestsAreCountedAtAnotherIngressOnceTheFirstTakesNone() {
    Consumer<FargateAppSpec> scaled = spec -> spec.autoscaling = Apps.scaling(1, 4, 600);
    SimulatedAws aws = running(scaled);
    Plan plan =
        plan(
            aws,
            scaled.andThen(
                spec -> {
                  spec.ports.set(0, Apps.port("admin", 7070));
                  spec.ingresses.set(0, Apps.ingress("admin", "admin", "admin.example.com", "/*"));
                }));
    Action park =
        plan.actions().stream()
            .filter(action -> action.verb() == Verb.UPDATE)
            .filter(action -> action.id().kind() == Kind.LISTENER_RULE)
            .findFirst()
            .orElseThrow();
    assertThat(only(plan, Verb.UPDATE, Kind.SCALING_POLICY).after()).contains(park.actionId());
  }

  @Test
  void goingBackHalfWayNeedsNoNewTargetGroup() {
    SimulatedAws aws = running();
    aws.carryOut(plan(aws, PORT_9090));
    Plan back = plan(aws, spec -> {});

    assertThat(steps(back)).doesNotContain("CREATE TargetGroup/web");
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web()));
    assertThat(aws.unanswered).isEmpty();
    assertThat(aws.of(Kind.TARGET_GROUP)).hasSize(1);
  }

  @Test
  void anIngressThatLeavesKeepsItsTargetsUntilNothingIsSentToThem() {
    Consumer<FargateAppSpec> two =
        spec -> {
          spec.ports.add(Apps.port("admin", 7070));
          spec.ingresses.add(Apps.ingress("admin", "admin", "web.example.com", "/admin/*"));
        };
    SimulatedAws aws = running(two);
    Plan plan =
        plan(
            aws,
            spec -> {
              two.accept(spec);
              spec.ingresses.remove(1);
            });

    assertThat(now(plan))
        .containsExactly("UPDATE ListenerRule/admin-80-exact-7", "UPDATE Service/service");
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).after())
        .contains(only(plan, Verb.UPDATE, Kind.LISTENER_RULE).actionId());
    Action rule = only(plan, Verb.DELETE, Kind.LISTENER_RULE);
    assertThat(rule.waitingFor()).isNotNull();
    assertThat(rule.after())
        .contains(
            only(plan, Verb.UPDATE, Kind.LISTENER_RULE).actionId(),
            only(plan, Verb.UPDATE, Kind.SERVICE).actionId());
    Action group = only(plan, Verb.DELETE, Kind.TARGET_GROUP);
    assertThat(group.waitingFor()).isNotNull();
    assertThat(group.after())
        .contains(
            rule.actionId(),
            only(plan, Verb.UPDATE, Kind.LISTENER_RULE).actionId(),
            only(plan, Verb.UPDATE, Kind.SERVICE).actionId());
  }

  /** Its tasks would leave its targets first, else, and its requests find none. */
  @Test
  void anIngressThatLeavesWithItsPortTakesNoMoreRequestsBeforeItsTasksGo() {
    SimulatedAws aws =
        running(
            spec -> {
              spec.ports.add(Apps.port("admin", 7070));
              spec.ingresses.add(Apps.ingress("admin", "admin", "web.example.com", "/admin/*"));
            });
    Plan plan = plan(aws, spec -> spec.image = "web:2");

    Action park = only(plan, Verb.UPDATE, Kind.LISTENER_RULE);
    Action deployment = only(plan, Verb.UPDATE, Kind.SERVICE);
    assertThat(park.waitingFor()).isNull();
    assertThat(((ListenerRule) park.desired()).isParked()).isTrue();
    assertThat(deployment.waitingFor()).isNull();
    assertThat(deployment.after()).contains(park.actionId());
    PlannerConvergenceTest.converge(aws, Apps.stack(Apps.web(spec -> spec.image = "web:2")));
    assertThat(aws.unanswered).isEmpty();
    assertThat(aws.of(Kind.LISTENER_RULE)).hasSize(1);
  }

  @Test
  void anotherPrivateNameIsMadeBeforeTheTasksLeaveTheOldOne() {
    SimulatedAws aws = running();
    Consumer<FargateAppSpec> renamed = spec -> spec.privateDns = Apps.dns("www");
    Plan plan = plan(aws, renamed);

    assertThat(now(plan)).containsExactly("CREATE DiscoveryService/dns", "UPDATE Service/service");
    assertThat(only(plan, Verb.CREATE, Kind.DISCOVERY_SERVICE).reason())
        .contains("stops resolving as the tasks are replaced");
    Action delete = only(plan, Verb.DELETE, Kind.DISCOVERY_SERVICE);
    assertThat(delete.waitingFor()).isEqualTo("the rollout of the service to complete");
    assertThat(delete.after()).contains(only(plan, Verb.CREATE, Kind.DISCOVERY_SERVICE).actionId());
  }

  @Test
  void twoOfTheSamePrivateNameCannotCoexistSoTheNameIsInterrupted() {
    SimulatedAws aws = running();
    ObservedResource dns = aws.of(Kind.DISCOVERY_SERVICE).get(0);
    DiscoveryService was = (DiscoveryService) dns.actual();
    aws.replace(
        dns,
        SimulatedAws.with(
            dns,
            new DiscoveryService(was.id(), was.name(), was.namespaceId(), "SRV", 10),
            dns.tags()));
    Stack stack = Apps.stack(Apps.web());
    Plan plan = Planner.plan(stack, aws.observed(), Apps.options());

    assertThat(PlanText.symbol(only(plan, Verb.CREATE, Kind.DISCOVERY_SERVICE))).isEqualTo("-/+");
    assertThat(steps(plan))
        .containsExactly(
            "UPDATE Service/service",
            "DELETE DiscoveryService/dns",
            "CREATE DiscoveryService/dns",
            "UPDATE Service/service");
    assertThat(now(plan)).containsExactly("UPDATE Service/service");
    assertThat(only(plan, Verb.DELETE, Kind.DISCOVERY_SERVICE).after())
        .contains(plan.actions().get(0).actionId());
    assertThat(only(plan, Verb.CREATE, Kind.DISCOVERY_SERVICE).reason())
        .contains("the name does not resolve until");
    PlannerConvergenceTest.converge(aws, stack);
    assertThat(((Service) aws.service().actual()).registries()).hasSize(1);
  }

  @Test
  void aServiceThatSomebodyDeletedIsMadeAgainAndFindsItsTargetGroup() {
    SimulatedAws aws = running();
    aws.resources.remove(aws.service());
    aws.settle();
    Plan plan = plan(aws, spec -> {});
    assertThat(steps(plan)).containsExactly("CREATE Service/service");
    assertThat(plan.actions().get(0).waitingFor()).isNull();
  }
}
