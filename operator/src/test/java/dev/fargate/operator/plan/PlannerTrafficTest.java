package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.build.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How requests move from a target group to the one that takes its place. */
class PlannerTrafficTest {
  private static final Consumer<FargateAppSpec> ADMIN_TOO =
      spec -> {
        spec.ports.add(Apps.port("admin", 7070));
        spec.ingresses.add(Apps.ingress("admin", "admin", "web.example.com", "/admin/*"));
      };

  private static String arn(SimulatedAws aws, String ingress) {
    return aws.of(Kind.TARGET_GROUP).stream()
        .filter(group -> group.actual().id().name().equals(ingress))
        .findFirst()
        .orElseThrow()
        .outputs()
        .get(Output.ARN);
  }

  private static List<Action> of(Plan plan, Kind kind) {
    return plan.actions().stream()
        .filter(action -> action.id().kind() == kind && action.verb() == Verb.UPDATE)
        .toList();
  }

  /** The ports at which the first deployment answers in a target group; none: not in it. */
  private static List<Integer> ports(Plan plan, String group) {
    return ((Service) of(plan, Kind.SERVICE).get(0).desired())
        .loadBalancers().stream()
            .filter(target -> target.targetGroupArn().toString().equals(group))
            .map(Service.Target::containerPort)
            .toList();
  }

  private static List<String> forwards(Action rule) {
    return ((ListenerRule) rule.desired())
        .forwards().stream().map(f -> f.targetGroupArn() + " " + f.weight()).toList();
  }

  @Test
  void anIngressWithAnotherNameTakesOverTheOldGroupAndItsPort() {
    SimulatedAws aws = running(ADMIN_TOO);
    Plan plan =
        plan(
            aws,
            ADMIN_TOO.andThen(
                spec -> {
                  spec.ingresses.get(0).name = "zoo";
                  spec.ports.get(0).containerPort = 9090;
                }));

    assertThat(ports(plan, arn(aws, "web")))
        .as("until the requests have moved the new port serves in the old group as well")
        .containsExactly(9090);
    assertThat(ports(plan, "(known after: TargetGroup/admin)")).containsExactly(7070);
    assertThat(only(plan, Verb.DELETE, Kind.TARGET_GROUP).waitingFor()).isEqualTo(Running.ROLLOUT);
  }

  @Test
  void anIngressWithAnotherNameAndTheSamePortKeepsTheTasksInTheOldGroup() {
    SimulatedAws aws = running();
    Plan plan = plan(aws, spec -> spec.ingresses.get(0).name = "zoo");

    assertThat(ports(plan, arn(aws, "web"))).containsExactly(8080);
    assertThat(of(plan, Kind.SERVICE).get(1).waitingFor()).isEqualTo(Running.ROLLOUT);
    PlannerConvergenceTest.converge(
        aws, Apps.stack(Apps.web(spec -> spec.ingresses.get(0).name = "zoo")));
    assertThat(aws.unanswered).isEmpty();
  }

  @Test
  void whereNoIngressTakesOverThePortIsNotMadeUp() {
    SimulatedAws aws = running(ADMIN_TOO);
    Plan plan = plan(aws, spec -> spec.image = "web:2");

    assertThat(ports(plan, arn(aws, "admin"))).isEmpty();
    Plan other =
        plan(
            aws,
            spec -> {
              spec.ports.add(Apps.port("ops", 7171));
              spec.ingresses.add(Apps.ingress("ops", "ops", "ops.example.com", "/admin/*"));
            });
    assertThat(ports(other, arn(aws, "admin"))).as("another host takes nothing over").isEmpty();
  }

  /** As it is with one that a person has made: the app's own groups are all HTTP1. */
  private static SimulatedAws withAnotherProtocol() {
    SimulatedAws aws = running();
    ObservedResource group = aws.of(Kind.TARGET_GROUP).get(0);
    TargetGroup was = (TargetGroup) group.actual();
    aws.replace(
        group,
        SimulatedAws.with(
            group,
            new TargetGroup(
                was.id(),
                "default-web-http2",
                was.port(),
                was.protocol(),
                "HTTP2",
                was.vpcId(),
                was.healthCheck(),
                was.attributes()),
            group.tags()));
    return aws;
  }

  private static Observed healthy(Observed observed, String group, String state) {
    Rollout now = observed.rollout();
    return new Observed(
        observed.resources(),
        Set.of(),
        observed.listeners(),
        new Rollout(
            "ACTIVE",
            1,
            1,
            1,
            now.deployments(),
            List.of(new Rollout.Target(group, "10.0.0.1", 8080, state, null, null)),
            List.of(),
            List.of()));
  }

  @Test
  void whereATaskCannotAnswerInBothGroupsTheFirstHealthyTargetMovesTheRequests() {
    SimulatedAws aws = withAnotherProtocol();
    String old = arn(aws, "web");
    Plan plan = plan(aws, spec -> {});
    assertThat(ports(plan, old)).isEmpty();
    aws.carryOut(plan);

    String next =
        aws.of(Kind.TARGET_GROUP).stream()
            .map(group -> group.outputs().get(Output.ARN))
            .filter(arn -> !arn.equals(old))
            .findFirst()
            .orElseThrow();
    for (String state : List.of("initial", "unhealthy", "healthy")) {
      Plan during =
          Planner.plan(
              Apps.stack(Apps.web()), healthy(aws.observed(), next, state), Apps.options());
      Action shift = of(during, Kind.LISTENER_RULE).get(0);
      assertThat(forwards(shift))
          .containsExactlyInAnyOrder(old + " 0", "(known after: TargetGroup/web) 1");
      assertThat(shift.waitingFor())
          .as(state)
          .isEqualTo(state.equals("healthy") ? null : Running.ROLLOUT);
    }
    Plan others =
        Planner.plan(
            Apps.stack(Apps.web()), healthy(aws.observed(), old, "healthy"), Apps.options());
    assertThat(of(others, Kind.LISTENER_RULE).get(0).waitingFor()).isEqualTo(Running.ROLLOUT);
  }

  @Test
  void whereTasksAreInBothGroupsAHealthyOneIsNotEnough() {
    SimulatedAws aws = running();
    Consumer<FargateAppSpec> moved = spec -> spec.ports.get(0).containerPort = 9090;
    String old = arn(aws, "web");
    aws.carryOut(plan(aws, moved));
    String next =
        aws.of(Kind.TARGET_GROUP).stream()
            .map(group -> group.outputs().get(Output.ARN))
            .filter(arn -> !arn.equals(old))
            .findFirst()
            .orElseThrow();
    Plan during =
        Planner.plan(
            Apps.stack(Apps.web(moved)), healthy(aws.observed(), next, "healthy"), Apps.options());
    assertThat(of(during, Kind.LISTENER_RULE)).extracting(Action::waitingFor).doesNotContainNull();
  }

  @Test
  void eachStepOfTheRuleSaysWhatItDoesAndComesAfterTheOneBefore() {
    SimulatedAws aws = running();
    String old = arn(aws, "web");
    Plan plan = plan(aws, spec -> spec.ports.get(0).containerPort = 9090);
    String next = "(known after: TargetGroup/web)";

    List<Action> rule = of(plan, Kind.LISTENER_RULE);
    assertThat(rule)
        .extracting(Action::reason)
        .containsExactly(
            "attaches the new target group, without traffic",
            "moves the traffic to the new target group",
            "lets go of the old one");
    assertThat(rule)
        .extracting(Action::waitingFor)
        .containsExactly(null, Running.ROLLOUT, Running.ROLLOUT);
    assertThat(forwards(rule.get(0))).containsExactlyInAnyOrder(old + " 1", next + " 0");
    assertThat(forwards(rule.get(1))).containsExactlyInAnyOrder(old + " 0", next + " 1");
    assertThat(forwards(rule.get(2))).containsExactly(next + " 1");
    assertThat(rule.get(1).after()).contains(rule.get(0).actionId());
    assertThat(rule.get(2).after()).contains(rule.get(1).actionId());
    assertThat(of(plan, Kind.SERVICE).get(0).after()).contains(rule.get(0).actionId());
    assertThat(of(plan, Kind.SERVICE).get(1).after()).contains(rule.get(1).actionId());
    assertThat(rule.get(2).after()).contains(of(plan, Kind.SERVICE).get(1).actionId());
  }

  @Test
  void aRuleWithoutAnyTrafficGivesItToTheNewGroupAtOnce() {
    SimulatedAws aws = running();
    ObservedResource there = aws.of(Kind.LISTENER_RULE).get(0);
    ListenerRule rule = (ListenerRule) there.actual();
    String old = arn(aws, "web");
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
                List.of(new ListenerRule.Forward(rule.forwards().get(0).targetGroupArn(), 0))),
            there.tags()));
    Plan plan = plan(aws, spec -> spec.ports.get(0).containerPort = 9090);

    assertThat(forwards(of(plan, Kind.LISTENER_RULE).get(0)))
        .containsExactlyInAnyOrder(old + " 0", "(known after: TargetGroup/web) 1");
    assertThat(ports(plan, old)).as("the tasks need not stay where nothing is sent").isEmpty();
  }

  @Test
  void aGroupThatIsBeingDeletedIsNobodysPredecessorAnyMore() {
    SimulatedAws aws = running();
    PlannerConvergenceTest.converge(
        aws, Apps.stack(Apps.web(spec -> spec.ports.get(0).containerPort = 9090)));
    ObservedResource group = aws.of(Kind.TARGET_GROUP).get(0);
    aws.replace(group, Scenes.with(group, Ownership.OURS, Lifecycle.DELETING));
    Plan plan = plan(aws, spec -> {});

    assertThat(of(plan, Kind.LISTENER_RULE))
        .singleElement()
        .satisfies(rule -> assertThat(rule.reason()).isNull());
    assertThat(ports(plan, arn(aws, "web"))).isEmpty();
  }

  @Test
  void aDriftedPriorityOrHostIsPutRightInOneStepWithoutTheService() {
    SimulatedAws aws = running();
    Plan plan = plan(aws, spec -> spec.ingresses.get(0).hosts.add("www.example.com"));
    assertThat(steps(plan)).containsExactly("UPDATE ListenerRule/web-80-exact-1");
    assertThat(plan.actions().get(0).waitingFor()).isNull();
    assertThat(plan.actions().get(0).reason()).isNull();
  }

  @Test
  void ecsIsGivenATargetGroupOnceARuleForwardsToIt() {
    Plan plan = plan(running(), ADMIN_TOO);
    Action service = only(plan, Verb.UPDATE, Kind.SERVICE);
    assertThat(service.after()).contains(only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId());
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER_RULE).waitingFor()).isNull();
  }

  private static void swap(
      SimulatedAws aws, ObservedResource there, UnaryOperator<ListenerRule> other) {
    aws.replace(
        there, SimulatedAws.with(there, other.apply((ListenerRule) there.actual()), there.tags()));
  }

  @Test
  void aRuleForOtherRequestsOfTheSameGroupGoesOnceItsSuccessorIsThere() {
    SimulatedAws aws = running();
    Consumer<FargateAppSpec> wildcard = spec -> spec.ingresses.get(0).hosts.set(0, "*.example.com");
    Plan plan = plan(aws, wildcard);

    assertThat(steps(plan))
        .containsExactly(
            "CREATE ListenerRule/web-80-wildcard-1", "DELETE ListenerRule/web-80-exact-1");
    Action delete = only(plan, Verb.DELETE, Kind.LISTENER_RULE);
    assertThat(delete.after())
        .containsExactly(only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId());
    assertThat(delete.waitingFor()).isNull();

    Plan moved = plan(aws, wildcard.andThen(spec -> spec.ports.get(0).containerPort = 9090));
    assertThat(only(moved, Verb.DELETE, Kind.LISTENER_RULE).waitingFor())
        .as("nobody is sent away before the new tasks serve")
        .isEqualTo(Running.ROLLOUT);
  }

  @Test
  void whileARolloutRunsNoRuleIsTakenAwayUnderIt() {
    SimulatedAws aws = running();
    aws.carryOut(plan(aws, spec -> spec.image = "web:2"));
    Plan plan =
        plan(
            aws,
            spec -> {
              spec.image = "web:2";
              spec.ingresses.get(0).hosts.set(0, "*.example.com");
            });
    assertThat(only(plan, Verb.DELETE, Kind.LISTENER_RULE).waitingFor()).isEqualTo(Running.ROLLOUT);
  }

  @Test
  void aParkedRuleIsNotParkedAgainAndGoesOnceTheTasksHaveLeft() {
    SimulatedAws aws = running(ADMIN_TOO);
    Consumer<FargateAppSpec> left = spec -> spec.image = "web:2";
    aws.carryOut(plan(aws, left));
    Plan during = plan(aws, left);

    assertThat(steps(during)).doesNotContain("UPDATE ListenerRule/admin-80-exact-7");
    assertThat(only(during, Verb.DELETE, Kind.LISTENER_RULE).waitingFor())
        .isEqualTo(Running.ROLLOUT);
    aws.settle();
    Plan after = plan(aws, left);
    assertThat(only(after, Verb.DELETE, Kind.LISTENER_RULE).waitingFor()).isNull();
    assertThat(only(after, Verb.DELETE, Kind.TARGET_GROUP).waitingFor()).isNull();
    assertThat(only(after, Verb.DELETE, Kind.TARGET_GROUP).after())
        .contains(only(after, Verb.DELETE, Kind.LISTENER_RULE).actionId());
  }

  @Test
  void theTrafficOfAnUnwantedRuleOfOthersIsNoneOfOurs() {
    SimulatedAws aws = running();
    ObservedResource rule = aws.of(Kind.LISTENER_RULE).get(0);
    String old = arn(aws, "web");
    ObservedResource theirs = Scenes.with(rule, Ownership.FOREIGN, Lifecycle.ACTIVE);
    aws.replace(rule, theirs);
    Plan plan = plan(aws, spec -> spec.ports.get(0).containerPort = 9090);
    assertThat(ports(plan, old)).isEmpty();
  }

  @Test
  void aRuleWhoseRowIsFullStaysWhereItIs() {
    SimulatedAws aws = running();
    swap(
        aws,
        aws.of(Kind.LISTENER_RULE).get(0),
        rule ->
            new ListenerRule(
                rule.id(),
                rule.listenerArn(),
                7,
                null,
                rule.hosts(),
                rule.paths(),
                rule.sourceCidrs(),
                rule.forwards()));
    Observed now = aws.observed();
    List<Observed.RuleSlot> slots = new ArrayList<>(now.listeners());
    assertThat(steps(plan(aws, spec -> {})))
        .as("a wrong place is left")
        .containsExactly("UPDATE ListenerRule/web-80-exact-1");
    for (int priority = 15241; priority < 15361; priority++) {
      slots.add(
          new Observed.RuleSlot(
              Apps.LISTENER, "arn:" + priority, priority, Set.of("x.y"), Set.of(), null));
    }
    Plan full =
        Planner.plan(
            Apps.stack(Apps.web()),
            new Observed(now.resources(), Set.of(), slots, now.rollout()),
            Apps.options());
    assertThat(full.isEmpty()).isTrue();
  }

  @Test
  void anAlarmOnErrorsCountsWhereTheTrafficIs() {
    Consumer<FargateAppSpec> watched =
        spec -> {
          Alarm alarm = new Alarm();
          alarm.name = "errors";
          alarm.metric = AlarmMetric.HTTP_5XX;
          alarm.thresholdPercent = 5;
          alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";
          spec.alarms.add(alarm);
        };
    SimulatedAws aws = running(watched);
    Plan plan = plan(aws, watched.andThen(spec -> spec.ports.get(0).containerPort = 9090));
    Action alarm = only(plan, Verb.UPDATE, Kind.METRIC_ALARM);
    assertThat(alarm.touches("queries")).isTrue();
    assertThat(alarm.waitingFor()).isEqualTo(Running.ROLLOUT);
    assertThat(alarm.after()).contains(of(plan, Kind.LISTENER_RULE).get(1).actionId());

    Plan threshold =
        plan(
            aws,
            watched.andThen(
                spec -> {
                  spec.alarms.get(0).thresholdPercent = 10;
                  spec.ports.get(0).containerPort = 8080;
                }));
    assertThat(only(threshold, Verb.UPDATE, Kind.METRIC_ALARM).waitingFor()).isNull();
  }

  @Test
  void anIngressThatLeavesWhileItsPortStaysKeepsItsTasksThroughTheDeployment() {
    SimulatedAws aws = running(ADMIN_TOO);
    Plan plan =
        plan(
            aws,
            spec -> {
              spec.image = "web:2";
              spec.ports.add(Apps.port("admin", 7070));
            });

    assertThat(ports(plan, arn(aws, "admin"))).containsExactly(7070);
    assertThat(of(plan, Kind.SERVICE).get(1).waitingFor()).isEqualTo(Running.ROLLOUT);
  }

  @Test
  void aRuleThatLostItsClaimIsNotChangedEither() {
    SimulatedAws aws = running();
    Consumer<FargateAppSpec> narrowed =
        spec -> spec.ingresses.get(0).allowedCidrs.add("10.0.0.0/8");
    assertThat(steps(plan(aws, narrowed))).containsExactly("UPDATE ListenerRule/web-80-exact-1");

    Observed now = aws.observed();
    List<Observed.RuleSlot> slots = new ArrayList<>(now.listeners());
    slots.add(
        new Observed.RuleSlot(
            Apps.LISTENER, "arn:first", 1, Set.of("web.example.com"), Set.of("/*"), "other"));
    Plan lost =
        Planner.plan(
            Apps.stack(Apps.web(narrowed)),
            new Observed(now.resources(), Set.of(), slots, now.rollout()),
            Apps.options());
    assertThat(steps(lost)).isEmpty();
  }

  /** With a second load balancer, and a public zone for the app's host. */
  private static Stack onLoadBalancer(String name) {
    Place one = Apps.place("ns-1");
    Place.PublishedLoadBalancer lb = one.loadBalancers().get("lb");
    Place.PublishedLoadBalancer other =
        new Place.PublishedLoadBalancer(
            "other",
            "arn:aws:elasticloadbalancing:loadbalancer/app/other/1",
            "other.example.com",
            lb.canonicalHostedZoneId(),
            "sg-other",
            List.of(
                new Place.PublishedListener(
                    80, "HTTP", "arn:aws:elasticloadbalancing:listener/app/other/1/80", false)));
    return Apps.stack(
        Apps.web(spec -> spec.ingresses.get(0).loadBalancer = name),
        new Place(
            one.environment(),
            one.region(),
            one.accountId(),
            one.clusterArn(),
            one.clusterName(),
            one.namespaceId(),
            one.privateDomain(),
            one.vpcId(),
            one.subnetIds(),
            one.securityGroupIds(),
            one.assignPublicIp(),
            Map.of("lb", lb, "other", other),
            one.logGroups(),
            Map.of("example.com", "Z1"),
            one.defaults()));
  }

  @Test
  void aNameLeadsToAnotherLoadBalancerOnceTheTasksServeThere() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, onLoadBalancer("lb"));
    Stack moved = onLoadBalancer("other");
    Plan plan = Planner.plan(moved, aws.observed(), Apps.options());

    Action name = only(plan, Verb.UPDATE, Kind.PUBLIC_NAME);
    assertThat(name.waitingFor()).isEqualTo(Running.ROLLOUT);
    assertThat(name.after()).contains(only(plan, Verb.CREATE, Kind.LISTENER_RULE).actionId());
    assertThat(only(plan, Verb.UPDATE, Kind.LISTENER_RULE).after())
        .as("until then the old rule goes on taking its requests")
        .contains(name.actionId());

    aws.carryOut(plan);
    aws.settle();
    Plan then = Planner.plan(moved, aws.observed(), Apps.options());
    assertThat(only(then, Verb.UPDATE, Kind.PUBLIC_NAME).waitingFor()).isNull();
  }

  @Test
  void aNameThatSomebodyHasChangedIsPutBackAtOnce() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, onLoadBalancer("lb"));
    ObservedResource there = aws.of(Kind.PUBLIC_NAME).get(0);
    PublicName name = (PublicName) there.actual();
    aws.replace(
        there,
        SimulatedAws.with(
            there,
            new PublicName(
                name.id(), name.hostedZoneId(), name.host(), name.targetZoneId(), "elsewhere"),
            there.tags()));
    Plan plan = Planner.plan(onLoadBalancer("lb"), aws.observed(), Apps.options());
    assertThat(only(plan, Verb.UPDATE, Kind.PUBLIC_NAME).waitingFor()).isNull();
  }
}
