package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.plan;
import static dev.fargate.operator.plan.Scenes.running;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.FargateAppSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.plan.PlanOptions.RecentCreate;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not ours is not touched, and what is not known is not believed to be absent. */
class PlannerOwnershipTest {
  private static final ResourceId TARGET_GROUP = new ResourceId(Kind.TARGET_GROUP, "web");

  private static SimulatedAws foreign(Kind kind, Ownership ownership, Lifecycle lifecycle) {
    SimulatedAws aws = running();
    ObservedResource resource = aws.of(kind).get(0);
    SimulatedAws empty = new SimulatedAws();
    empty.resources.add(Scenes.with(resource, ownership, lifecycle));
    return empty;
  }

  @ParameterizedTest
  @EnumSource(names = {"SECURITY_GROUP", "TARGET_GROUP", "LOG_GROUP", "SECRET", "SERVICE"})
  void whatHasOurNameButNotOurTagsIsAConflictThatNamesIt(Kind kind) {
    SimulatedAws aws = foreign(kind, Ownership.FOREIGN, Lifecycle.ACTIVE);
    Plan plan = plan(aws, spec -> {});

    String arn = aws.resources.get(0).outputs().get(Output.ARN);
    assertThat(plan.conflicts()).extracting(Conflict::holder).containsExactly(arn);
    assertThat(plan.actions()).noneMatch(action -> action.id().kind() == kind);
  }

  @Test
  void whatNeedsSomethingInConflictWaitsAndSaysForWhat() {
    Plan plan = plan(foreign(Kind.TARGET_GROUP, Ownership.FOREIGN, Lifecycle.ACTIVE), s -> {});

    assertThat(only(plan, Verb.CREATE, Kind.LISTENER_RULE).waitingFor())
        .startsWith("the conflict over TargetGroup/web, held by arn:TargetGroup/");
    assertThat(only(plan, Verb.CREATE, Kind.LOG_GROUP).waitingFor()).isNull();
  }

  @Test
  void whatIsOnItsWayOutBlocksItsNameUntilItIsGone() {
    SimulatedAws aws = foreign(Kind.SERVICE, Ownership.OURS, Lifecycle.DELETING);
    Plan plan = plan(aws, spec -> {});

    Action create = only(plan, Verb.CREATE, Kind.SERVICE);
    assertThat(create.waitingFor()).isEqualTo("the earlier Service/service to be gone");
    assertThat(create.after()).contains(only(plan, Verb.DELETE, Kind.SERVICE).actionId());
  }

  @Test
  void aDrainingServiceThatLostItsTagsIsNoConflict() {
    Plan plan = plan(foreign(Kind.SERVICE, Ownership.FOREIGN, Lifecycle.DELETING), spec -> {});

    assertThat(plan.conflicts()).isEmpty();
    assertThat(only(plan, Verb.CREATE, Kind.SERVICE).waitingFor())
        .isEqualTo("the earlier Service/service to be gone");
  }

  @Test
  void whatIsBeingMadeIsNotMadeAgainAndWhatNeedsItWaits() {
    SimulatedAws aws = foreign(Kind.TARGET_GROUP, Ownership.OURS, Lifecycle.PENDING);
    Plan plan = plan(aws, spec -> {});

    assertThat(steps(plan)).doesNotContain("CREATE TargetGroup/web");
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER_RULE).waitingFor())
        .isEqualTo("TargetGroup/web to become active");
  }

  @Test
  void ownCreatesOfMomentsAgoAreNotMadeAgain() {
    String name = Apps.stack(Apps.web()).find(TARGET_GROUP).orElseThrow().physicalName();
    PlanOptions options =
        Apps.options().withRecentCreates(Set.of(new RecentCreate(TARGET_GROUP, name)));
    Plan plan = Planner.plan(Apps.stack(Apps.web()), new SimulatedAws().observed(), options);

    assertThat(steps(plan)).doesNotContain("CREATE TargetGroup/web");
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER_RULE).waitingFor())
        .isEqualTo("AWS to list TargetGroup/web, created moments ago");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SECURITY_GROUP",
        "SECURITY_GROUP_RULE",
        "TARGET_GROUP",
        "LISTENER_RULE",
        "LOG_GROUP",
        "SECRET",
        "DISCOVERY_SERVICE",
        "TASK_DEFINITION",
        "SERVICE"
      })
  void ofAKindThatWasNotReadNothingIsCreatedOrDeletedNorWhatNeedsIt(Kind kind) {
    SimulatedAws aws = running();
    Plan unread =
        Planner.plan(Apps.stack(Apps.web()), Scenes.unread(aws.observed(), kind), Apps.options());

    assertThat(unread.unread()).containsExactly(kind);
    assertThat(steps(unread)).isEmpty();
    Plan nothing =
        Planner.plan(
            Apps.stack(Apps.web()),
            Scenes.unread(new SimulatedAws().observed(), kind),
            Apps.options());
    assertThat(nothing.actions()).noneMatch(action -> action.id().kind() == kind);
  }

  @Test
  void whatIsDeletedAfterAKindThatWasNotReadStays() {
    Plan plan =
        Planner.plan(
            Stack.empty(Apps.OWNER),
            Scenes.unread(running().observed(), Kind.LISTENER_RULE),
            Apps.options());

    assertThat(plan.unread()).containsExactly(Kind.LISTENER_RULE);
    assertThat(steps(plan))
        .contains("DELETE Service/service")
        .doesNotContain("DELETE TargetGroup/web");
  }

  @Test
  void foreignTagsStayAndOursAreBroughtBack() {
    SimulatedAws aws = running();
    ObservedResource group = aws.of(Kind.TARGET_GROUP).get(0);
    Map<String, String> tags = new TreeMap<>(group.tags());
    tags.put("cost-center", "7");
    aws.replace(group, SimulatedAws.with(group, group.actual(), tags));
    assertThat(plan(aws, spec -> {}).isEmpty()).isTrue();

    Action update =
        only(plan(aws, spec -> spec.tags.put("team", "a")), Verb.UPDATE, Kind.TARGET_GROUP);
    assertThat(update.changes())
        .extracting(change -> change.field())
        .containsExactly("tags.fargate.dev/tag-keys", "tags.team");
    assertThat(update.tags()).containsEntry("team", "a").doesNotContainKey("cost-center");
  }

  @Test
  void aTagThatLeavesTheSpecGoesAndAForeignOneStays() {
    SimulatedAws aws =
        running(
            spec -> {
              spec.tags.put("team", "a");
              spec.tags.put("stage", "test");
            });
    for (ObservedResource resource : List.copyOf(aws.resources)) {
      if (!resource.tags().isEmpty()) {
        Map<String, String> tags = new TreeMap<>(resource.tags());
        tags.put("cost-center", "7");
        aws.replace(resource, SimulatedAws.with(resource, resource.actual(), tags));
      }
    }
    assertThat(plan(aws, tagged("team", "stage")).isEmpty()).isTrue();

    Plan one = plan(aws, tagged("team"));
    assertThat(only(one, Verb.UPDATE, Kind.TARGET_GROUP).changes())
        .filteredOn(change -> change.after() == null)
        .extracting(change -> change.field())
        .containsExactly("tags.stage");
    assertThat(one.actions())
        .allMatch(action -> action.verb() == Verb.UPDATE && !action.startsDeployment());
    aws.carryOut(one);
    assertThat(PlanText.of(plan(aws, tagged("team")))).contains("nothing to do");
    aws.carryOut(plan(aws, spec -> {}));
    assertThat(PlanText.of(plan(aws, spec -> {}))).contains("nothing to do");
    assertThat(aws.of(Kind.TARGET_GROUP).get(0).tags())
        .containsEntry("cost-center", "7")
        .doesNotContainKeys("team", "stage", "fargate.dev/tag-keys");
  }

  /** What a failure between two calls leaves behind. */
  @Test
  void aTagThatIsGoneAlreadyIsStruckOffTheMark() {
    SimulatedAws aws = running(tagged("team", "stage"));
    ObservedResource group = aws.of(Kind.TARGET_GROUP).get(0);
    Map<String, String> tags = new TreeMap<>(group.tags());
    tags.remove("stage");
    aws.replace(group, SimulatedAws.with(group, group.actual(), tags));
    assertThat(only(plan(aws, tagged("team")), Verb.UPDATE, Kind.TARGET_GROUP).changes())
        .extracting(change -> change.field())
        .containsExactly("tags.fargate.dev/tag-keys");
  }

  private static Consumer<FargateAppSpec> tagged(String... keys) {
    return spec -> {
      for (String key : keys) {
        spec.tags.put(key, key.equals("team") ? "a" : "test");
      }
    };
  }

  @Test
  void tagsChangeInPlaceEverywhereWithoutADeployment() {
    Plan plan = plan(running(), spec -> spec.tags.put("team", "a"));
    assertThat(plan.actions())
        .isNotEmpty()
        .allMatch(action -> action.verb() == Verb.UPDATE && !action.startsDeployment());
  }

  @Test
  void whatIsOwnedThroughItsParentLacksNoTags() {
    SimulatedAws aws = running();
    ObservedResource group = aws.of(Kind.TARGET_GROUP).get(0);
    aws.replace(group, SimulatedAws.with(group, group.actual(), Map.of()));
    assertThat(plan(aws, spec -> {}).isEmpty()).isTrue();
  }

  @Test
  void aUserCannotForgeOurTags() {
    Stack stack = Apps.stack(Apps.web(s -> s.tags.put("fargate.dev/owner-id", "another")));
    Plan plan = Planner.plan(stack, new SimulatedAws().observed(), Apps.options());
    assertThat(only(plan, Verb.CREATE, Kind.SERVICE).tags())
        .containsEntry("fargate.dev/owner-id", "tests");
  }

  @Test
  void foreignRulesInOurGroupStayAndAnEqualOneServes() {
    SimulatedAws aws = running();
    ObservedResource ours = aws.of(Kind.SECURITY_GROUP_RULE).get(0);
    SecurityGroupRule rule = (SecurityGroupRule) ours.actual();
    aws.replace(ours, Scenes.with(ours, Ownership.FOREIGN, Lifecycle.ACTIVE));
    aws.resources.add(
        new ObservedResource(
            new SecurityGroupRule(
                new ResourceId(Kind.SECURITY_GROUP_RULE, "?"),
                rule.groupId(),
                "tcp",
                22,
                22,
                new SecurityGroupRule.Peer(null, "10.0.0.0/8"),
                "by hand"),
            Map.of(Output.ID, "sgr-9"),
            Map.of(),
            Ownership.FOREIGN,
            Lifecycle.ACTIVE,
            null));

    assertThat(plan(aws, spec -> {}).isEmpty()).isTrue();
  }

  @Test
  void theLoserOfAClaimPlansNoRuleAndNamesTheHolder() {
    Claims claims =
        Claims.of(
            Map.of(
                new Claims.Claim(Apps.LISTENER, "web.example.com", "/*"),
                List.of(
                    new Claims.Contender("FargateApp/other/app", Instant.ofEpochSecond(1)),
                    new Claims.Contender(Apps.OWNER.reference(), Instant.ofEpochSecond(2)))));
    Plan plan =
        Planner.plan(
            Apps.stack(Apps.web()),
            new SimulatedAws().observed(),
            Apps.options().withClaims(claims));

    assertThat(plan.conflicts())
        .containsExactly(
            new Conflict("ListenerRule/web-80-exact-1 web.example.com/*", "FargateApp/other/app"));
    assertThat(steps(plan)).doesNotContain("CREATE ListenerRule/web-80-exact-1");
    assertThat(only(plan, Verb.CREATE, Kind.SERVICE).waitingFor())
        .contains("conflict over ListenerRule/web-80-exact-1");
  }

  @Test
  void aClaimWhoseHolderIsLeavingIsWaitedFor() {
    Claims claims =
        Claims.of(
            Map.of(
                new Claims.Claim(Apps.LISTENER, "web.example.com", "/*"),
                List.of(new Claims.Contender(Apps.OWNER.reference(), Instant.ofEpochSecond(2)))));
    RuleSlot old =
        new RuleSlot(
            Apps.LISTENER,
            "arn:rule",
            15241,
            Set.of("web.example.com"),
            Set.of("/*"),
            "FargateApp/other/app");
    Observed observed = new Observed(List.of(), Set.of(), List.of(old), null);
    Plan plan = Planner.plan(Apps.stack(Apps.web()), observed, Apps.options().withClaims(claims));

    assertThat(plan.conflicts()).isEmpty();
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER_RULE).waitingFor())
        .isEqualTo("FargateApp/other/app to release web.example.com/*");
  }

  @Test
  void aLiveRuleThatLostItsClaimStaysAsItIs() {
    SimulatedAws aws = running();
    Observed now = aws.observed();
    List<RuleSlot> slots = new ArrayList<>(now.listeners());
    slots.add(
        new RuleSlot(
            Apps.LISTENER, "arn:first", 1, Set.of("web.example.com"), Set.of("/*"), "other"));
    Observed observed = new Observed(now.resources(), Set.of(), slots, now.rollout());
    Plan plan = Planner.plan(Apps.stack(Apps.web()), observed, Apps.options());

    assertThat(steps(plan)).isEmpty();
    assertThat(plan.conflicts()).extracting(Conflict::holder).containsExactly("other");
  }

  @Test
  void aFullRowOfPrioritiesIsAConflictThatNamesTheRow() {
    List<RuleSlot> slots = new ArrayList<>();
    for (int priority = 15241; priority < 15361; priority++) {
      slots.add(
          new RuleSlot(Apps.LISTENER, "arn:" + priority, priority, Set.of("x.y"), Set.of(), null));
    }
    Plan plan =
        Planner.plan(
            Apps.stack(Apps.web()), new Observed(List.of(), Set.of(), slots, null), Apps.options());

    assertThat(plan.conflicts())
        .extracting(Conflict::what)
        .singleElement()
        .asString()
        .isEqualTo("a free priority from 15241 on for ListenerRule/web-80-exact-1");
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER_RULE).waitingFor()).isNotNull();
  }

  @Test
  void aReferenceOutsideTheStackIsAnErrorThatNamesBoth() {
    Stack stack =
        new Stack(
            Apps.OWNER,
            new TreeMap<>(),
            List.of(
                new DiscoveryService(
                    new ResourceId(Kind.DISCOVERY_SERVICE, "dns"),
                    "web",
                    Value.ref(new ResourceId(Kind.PRIVATE_DNS_NAMESPACE, "x"), Output.ID),
                    "A",
                    10)));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Planner.plan(stack, new SimulatedAws().observed(), Apps.options()))
        .hasMessageContaining("DiscoveryService/dns refers to PrivateDnsNamespace/x");
  }

  /** As the first of its kind, but somebody else's and another thing to AWS. */
  private static SimulatedAws with(Kind kind, UnaryOperator<Resource> other) {
    SimulatedAws aws = running();
    ObservedResource there = aws.of(kind).get(0);
    SimulatedAws only = new SimulatedAws();
    only.resources.add(
        SimulatedAws.with(
            Scenes.with(there, Ownership.FOREIGN, Lifecycle.ACTIVE),
            other.apply(there.actual()),
            Map.of()));
    return only;
  }

  private static Resource discovery(Resource was, String name, String namespace) {
    DiscoveryService service = (DiscoveryService) was;
    return new DiscoveryService(
        service.id(), name, Value.known(namespace), service.recordType(), 10);
  }

  @Test
  void aPrivateNameIsTakenWithinItsNamespaceAndInAnyCase() {
    assertThat(
            plan(with(Kind.DISCOVERY_SERVICE, was -> discovery(was, "WEB", "ns-1")), s -> {})
                .conflicts())
        .hasSize(1);
    assertThat(
            plan(with(Kind.DISCOVERY_SERVICE, was -> discovery(was, "web", "ns-2")), s -> {})
                .conflicts())
        .isEmpty();
    assertThat(
            plan(with(Kind.DISCOVERY_SERVICE, was -> discovery(was, "www", "ns-1")), s -> {})
                .conflicts())
        .isEmpty();
  }

  @Test
  void aServiceOfTheSameNameInAnotherClusterIsNotInTheWay() {
    SimulatedAws aws =
        with(
            Kind.SERVICE,
            was -> {
              Service s = (Service) was;
              return new Service(
                  s.id(),
                  s.name(),
                  Value.known("arn:aws:ecs:cluster/other"),
                  s.taskDefinitionArn(),
                  s.count(),
                  s.capacity(),
                  s.network(),
                  s.loadBalancers(),
                  s.registries(),
                  s.deployment(),
                  s.healthCheckGracePeriodSeconds(),
                  s.platformVersion(),
                  s.propagateTags(),
                  s.restartToken());
            });
    assertThat(plan(aws, spec -> {}).conflicts()).isEmpty();
  }

  @Test
  void aNameOfAnotherKindOrAnotherNameIsNotInTheWay() {
    SimulatedAws aws =
        with(
            Kind.LOG_GROUP,
            was -> new LogGroup(was.id(), was.physicalName() + "-other", 30, false));
    assertThat(plan(aws, spec -> {}).conflicts()).isEmpty();
    Action create = only(plan(aws, spec -> {}), Verb.CREATE, Kind.LOG_GROUP);
    assertThat(create.observed()).as("it replaces nothing of others").isNull();
  }

  @Test
  void aRevisionThatWasRegisteredMomentsAgoIsNotRegisteredAgain() {
    SimulatedAws aws = running();
    ObservedResource revision = aws.of(Kind.TASK_DEFINITION).get(0);
    aws.resources.remove(revision);
    PlanOptions options =
        Apps.options()
            .withRecentCreates(
                Set.of(new RecentCreate(revision.actual().id(), revision.contentHash())));
    Plan plan = Planner.plan(Apps.stack(Apps.web()), aws.observed(), options);
    assertThat(plan.actions()).noneMatch(action -> action.verb() == Verb.CREATE);
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).waitingFor())
        .isEqualTo("AWS to list TaskDefinition/tasks, created moments ago");
    assertThat(steps(plan(aws, spec -> {}))).contains("CREATE TaskDefinition/tasks");
  }

  @Test
  void whileItsListenerIsNotKnownNobodyIsInTheWayOfARule() {
    ListenerRule rule =
        (ListenerRule)
            Apps.stack(Apps.web()).resources().stream()
                .filter(ListenerRule.class::isInstance)
                .findFirst()
                .orElseThrow();
    ListenerRule unknown =
        new ListenerRule(
            rule.id(),
            Value.ref(new ResourceId(Kind.LISTENER, "x"), Output.ARN),
            null,
            null,
            rule.hosts(),
            rule.paths(),
            rule.sourceCidrs(),
            rule.forwards());
    RuleSlot live =
        new RuleSlot(Apps.LISTENER, "arn:rule", 1, Set.of("web.example.com"), Set.of("/*"), null);
    Observed observed = new Observed(List.of(), Set.of(), List.of(live), null);
    assertThat(RuleClaims.inTheWay(Apps.OWNER, rule, observed, Apps.options())).isPresent();
    assertThat(RuleClaims.inTheWay(Apps.OWNER, unknown, observed, Apps.options())).isEmpty();
    RuleSlot elsewhere =
        new RuleSlot("arn:other", "arn:rule", 1, Set.of("web.example.com"), Set.of("/*"), null);
    assertThat(
            RuleClaims.inTheWay(
                Apps.OWNER,
                rule,
                new Observed(List.of(), Set.of(), List.of(elsewhere), null),
                Apps.options()))
        .isEmpty();
  }

  /** ECS takes a target group that any rule forwards to. */
  @Test
  void aLostRuleHoldsTheServiceBackOnlyWhereNoOtherRuleTiesItsGroup() {
    SimulatedAws aws = running(spec -> spec.ingresses.clear());
    RuleSlot theirs =
        new RuleSlot(Apps.LISTENER, "arn:first", 1, Set.of("web.example.com"), Set.of("/*"), "x");
    Observed now = aws.observed();
    Observed held = new Observed(now.resources(), Set.of(), List.of(theirs), now.rollout());

    Plan lost = Planner.plan(Apps.stack(Apps.web()), held, Apps.options());
    assertThat(only(lost, Verb.UPDATE, Kind.SERVICE).waitingFor())
        .contains("conflict over ListenerRule/web-80-exact-1");
    Plan tied =
        Planner.plan(
            Apps.stack(Apps.web(spec -> spec.ingresses.get(0).hosts.add("*.example.org"))),
            held,
            Apps.options());
    assertThat(only(tied, Verb.UPDATE, Kind.SERVICE).waitingFor()).isNull();
  }

  @Test
  void aLostRuleDoesNotHoldBackADeploymentWithoutItsGroupOrWithOneInServiceAlready() {
    SimulatedAws aws = running();
    ObservedResource rule = aws.of(Kind.LISTENER_RULE).get(0);
    aws.resources.remove(rule);
    RuleSlot theirs =
        new RuleSlot(Apps.LISTENER, "arn:first", 1, Set.of("web.example.com"), Set.of("/*"), "x");
    Observed now = aws.observed();
    Observed held = new Observed(now.resources(), Set.of(), List.of(theirs), now.rollout());

    Plan plan =
        Planner.plan(Apps.stack(Apps.web(spec -> spec.image = "web:2")), held, Apps.options());
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).waitingFor()).isNull();
    Plan more =
        Planner.plan(
            Apps.stack(
                Apps.web(
                    spec -> {
                      spec.ports.add(Apps.port("admin", 7070));
                      spec.ingresses.add(Apps.ingress("admin", "admin", "admin.example.com", "/*"));
                    })),
            held,
            Apps.options());
    assertThat(only(more, Verb.UPDATE, Kind.SERVICE).waitingFor())
        .as("the group of the lost rule is in service already")
        .isNull();
  }
}
