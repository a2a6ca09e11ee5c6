package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.database.DatabaseDns;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.api.v1alpha1.environment.DnsNamespace;
import dev.fargate.api.v1alpha1.environment.EnvironmentNetwork;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.Listener;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.Value;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.EnvironmentStack;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The stacks of an environment and of a database. */
class PlannerEnvironmentTest {
  private static final Owner OWNER = new Owner("tests", "FargateEnvironment", "", "phoenix");

  private static Stack stack(Consumer<FargateEnvironmentSpec> change) {
    FargateEnvironment environment = new FargateEnvironment();
    environment.setMetadata(new ObjectMeta());
    environment.getMetadata().setName("phoenix");
    FargateEnvironmentSpec spec = new FargateEnvironmentSpec();
    spec.network = new EnvironmentNetwork();
    spec.network.vpcId = "vpc-1";
    spec.privateDns = new DnsNamespace();
    spec.privateDns.domain = "phoenix.internal";
    LoadBalancer balancer = new LoadBalancer();
    balancer.name = "public";
    Listener listener = new Listener();
    listener.port = 80;
    listener.protocol = "HTTP";
    balancer.listeners.add(listener);
    spec.loadBalancers.add(balancer);
    change.accept(spec);
    environment.setSpec(spec);
    return EnvironmentStack.build(OWNER, environment, List.of("subnet-a", "subnet-b"), Map.of());
  }

  private static SimulatedAws running() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, stack(spec -> {}));
    return aws;
  }

  private static Plan plan(SimulatedAws aws, Consumer<FargateEnvironmentSpec> change) {
    return Planner.plan(stack(change), aws.observed(), Apps.options());
  }

  @Test
  void isMadeInOnePassAndThenLeftAlone() {
    Plan plan = plan(new SimulatedAws(), spec -> {});
    assertThat(steps(plan))
        .containsExactly(
            "CREATE Cluster/cluster",
            "CREATE PrivateDnsNamespace/domain",
            "CREATE SecurityGroup/lb-public",
            "CREATE SecurityGroupRule/lb-public-80-0.0.0.0/0",
            "CREATE LoadBalancer/public",
            "CREATE Listener/public-80");
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER).after())
        .containsExactlyInAnyOrder(
            only(plan, Verb.CREATE, Kind.LOAD_BALANCER).actionId(),
            only(plan, Verb.CREATE, Kind.SECURITY_GROUP_RULE).actionId());
    assertThat(plan(running(), spec -> {}).isEmpty()).isTrue();
  }

  @Test
  void aLoadBalancerThatIsBeingProvisionedIsWaitedFor() {
    SimulatedAws aws = running();
    ObservedResource balancer = aws.of(Kind.LOAD_BALANCER).get(0);
    aws.resources.remove(aws.of(Kind.LISTENER).get(0));
    aws.replace(balancer, Scenes.with(balancer, Ownership.OURS, Lifecycle.PENDING));
    Plan plan = plan(aws, spec -> {});
    assertThat(plan.actions())
        .singleElement()
        .matches(a -> "LoadBalancer/public to become active".equals(a.waitingFor()));
  }

  @Test
  void aLoadBalancerThatCouldNotBeSetUpIsMadeAgain() {
    SimulatedAws aws = running();
    ObservedResource balancer = aws.of(Kind.LOAD_BALANCER).get(0);
    aws.replace(balancer, Scenes.with(balancer, Ownership.OURS, Lifecycle.FAILED));
    Plan plan = plan(aws, spec -> {});
    assertThat(steps(plan))
        .containsExactly(
            "DELETE Listener/public-80",
            "DELETE LoadBalancer/public",
            "CREATE LoadBalancer/public",
            "CREATE Listener/public-80");
    Action create = only(plan, Verb.CREATE, Kind.LOAD_BALANCER);
    assertThat(create.waitingFor()).isNotNull();
    assertThat(create.after()).contains(only(plan, Verb.DELETE, Kind.LOAD_BALANCER).actionId());
    assertThat(create.changes()).as("the same again").isEmpty();
    PlannerConvergenceTest.converge(aws, stack(spec -> {}));
  }

  @Test
  void newRangesAreLetInBeforeOldOnesAreShutOut() {
    Plan plan = plan(running(), spec -> spec.loadBalancers.get(0).allowedCidrs.add("10.0.0.0/8"));
    assertThat(steps(plan))
        .containsExactly(
            "CREATE SecurityGroupRule/lb-public-80-10.0.0.0/8",
            "DELETE SecurityGroupRule/lb-public-80-0.0.0.0/0");
    assertThat(only(plan, Verb.DELETE, Kind.SECURITY_GROUP_RULE).after())
        .containsExactly(only(plan, Verb.CREATE, Kind.SECURITY_GROUP_RULE).actionId());
  }

  @Test
  void clientsGetInUntilTheListenerTheyUseHasGone() {
    Consumer<FargateEnvironmentSpec> otherPort =
        spec -> spec.loadBalancers.get(0).listeners.get(0).port = 8080;
    SimulatedAws aws = running();
    Plan plan = plan(aws, otherPort);
    assertThat(only(plan, Verb.DELETE, Kind.SECURITY_GROUP_RULE).after())
        .contains(only(plan, Verb.DELETE, Kind.LISTENER).actionId());
    assertThat(only(plan, Verb.CREATE, Kind.LISTENER).after())
        .contains(only(plan, Verb.CREATE, Kind.SECURITY_GROUP_RULE).actionId());
    PlannerConvergenceTest.converge(aws, stack(otherPort));
  }

  @Test
  void aGroupIsReplacedBeforeTheLoadBalancerLetsGoOfIt() {
    SimulatedAws aws = running();
    ObservedResource group = aws.of(Kind.SECURITY_GROUP).get(0);
    SecurityGroup was = (SecurityGroup) group.actual();
    aws.replace(
        group,
        SimulatedAws.with(
            group,
            new SecurityGroup(was.id(), "phoenix-older", was.description(), was.vpcId()),
            group.tags()));
    Plan plan = plan(aws, spec -> {});

    Action delete = only(plan, Verb.DELETE, Kind.SECURITY_GROUP);
    assertThat(delete.after()).contains(only(plan, Verb.UPDATE, Kind.LOAD_BALANCER).actionId());
    assertThat(only(plan, Verb.UPDATE, Kind.LOAD_BALANCER).after())
        .contains(only(plan, Verb.CREATE, Kind.SECURITY_GROUP).actionId());
    PlannerConvergenceTest.converge(aws, stack(spec -> {}));
  }

  @Test
  void deletingGoesBackwardsInOnePass() {
    SimulatedAws aws = running();
    Plan plan = Planner.plan(Stack.empty(OWNER), aws.observed(), Apps.options());
    assertThat(steps(plan))
        .containsExactly(
            "DELETE Listener/public-80",
            "DELETE LoadBalancer/public",
            "DELETE SecurityGroupRule/lb-public-80-0.0.0.0/0",
            "DELETE SecurityGroup/lb-public",
            "DELETE PrivateDnsNamespace/domain",
            "DELETE Cluster/cluster");
    assertThat(only(plan, Verb.DELETE, Kind.SECURITY_GROUP).after())
        .contains(only(plan, Verb.DELETE, Kind.LOAD_BALANCER).actionId());
    aws.carryOut(plan);
    assertThat(aws.resources).isEmpty();
  }

  private static final Consumer<FargateEnvironmentSpec> SECURE =
      spec -> {
        Listener secure = new Listener();
        secure.port = 443;
        secure.protocol = "HTTPS";
        secure.certificateArns.add("arn:aws:acm:eu-central-1:123456789012:certificate/1");
        spec.loadBalancers.get(0).listeners.add(secure);
        spec.loadBalancers.get(0).listeners.get(0).redirect = "HTTPS";
      };

  /** As soon as a listener exists apps move to it. */
  @Test
  void clientsAreSentToASecureListenerByTheTimeThatItExists() {
    Plan plan = plan(running(), SECURE);

    assertThat(only(plan, Verb.CREATE, Kind.LISTENER).after())
        .contains(
            only(plan, Verb.UPDATE, Kind.LISTENER).actionId(),
            only(plan, Verb.CREATE, Kind.SECURITY_GROUP_RULE).actionId());
    Plan plain =
        plan(
            running(),
            SECURE.andThen(s -> s.loadBalancers.get(0).listeners.get(0).redirect = null));
    assertThat(steps(plain)).doesNotContain("UPDATE Listener/public-80");
  }

  @Test
  void thePlainListenerRedirectsUntilTheLastRuleHasLeftTheSecureOne() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, stack(SECURE));
    String secure =
        aws.of(Kind.LISTENER).stream()
            .filter(listener -> listener.actual().id().name().equals("public-443"))
            .findFirst()
            .orElseThrow()
            .outputs()
            .get(Output.ARN);
    Observed now = aws.observed();

    for (String holder : Arrays.asList("FargateApp/default/web", null)) {
      Observed held =
          new Observed(
              now.resources(),
              Set.of(),
              List.of(
                  new Observed.RuleSlot(
                      secure, "arn:rule/1", 1, Set.of("web.example.com"), Set.of(), holder),
                  new Observed.RuleSlot(
                      "arn:another", "arn:rule/2", 1, Set.of("x.y"), Set.of(), "FargateApp/a/b")),
              null);
      Plan plan = Planner.plan(stack(spec -> {}), held, Apps.options());
      Action delete = only(plan, Verb.DELETE, Kind.LISTENER);
      assertThat(only(plan, Verb.UPDATE, Kind.LISTENER).after()).contains(delete.actionId());
      assertThat(delete.waitingFor())
          .as("rules of others than our apps are not waited for")
          .isEqualTo(
              holder == null
                  ? null
                  : "the rules of FargateApp/default/web to leave Listener/public-443");
      Plan gone = Planner.plan(Stack.empty(OWNER), held, Apps.options());
      assertThat(gone.actions())
          .filteredOn(action -> action.id().kind() == Kind.LISTENER)
          .extracting(Action::waitingFor)
          .as("with the environment they go as they are")
          .containsOnlyNulls();
    }
  }

  private static SimulatedAws withListener(int port, String balancer) {
    SimulatedAws aws = running();
    ObservedResource there = aws.of(Kind.LISTENER).get(0);
    var was = (dev.fargate.operator.stack.Listener) there.actual();
    aws.replace(
        there,
        SimulatedAws.with(
            Scenes.with(there, Ownership.FOREIGN, Lifecycle.ACTIVE),
            new dev.fargate.operator.stack.Listener(
                new ResourceId(Kind.LISTENER, "?"),
                balancer == null ? was.loadBalancerArn() : Value.known(balancer),
                port,
                was.protocol(),
                was.certificateArns(),
                was.sslPolicy(),
                null,
                null),
            Map.of()));
    return aws;
  }

  @Test
  void aListenerOfAnotherOnTheWantedPortOfOurLoadBalancerIsAConflict() {
    assertThat(plan(withListener(80, null), spec -> {}).conflicts()).hasSize(1);
    for (SimulatedAws aws : List.of(withListener(81, null), withListener(80, "arn:other"))) {
      Plan plan = plan(aws, spec -> {});
      assertThat(plan.conflicts()).isEmpty();
      assertThat(steps(plan)).contains("CREATE Listener/public-80");
    }
  }

  @Test
  void aDatabaseIsMadeChangedAndDeleted() {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, database("7.0"));
    Plan upgrade = Planner.plan(database("8.0"), aws.observed(), Apps.options());
    assertThat(steps(upgrade))
        .containsExactly("CREATE TaskDefinition/tasks", "UPDATE Service/service");
    PlannerConvergenceTest.converge(aws, database("8.0"));
    Stack gone = Stack.empty(database("8.0").owner());
    PlannerConvergenceTest.converge(aws, gone);
    assertThat(aws.resources).isEmpty();
  }

  private static Stack database(String version) {
    FargateDatabase database = new FargateDatabase();
    database.setMetadata(new ObjectMeta());
    FargateDatabaseSpec spec = new FargateDatabaseSpec();
    spec.version = version;
    spec.databaseName = "phoenix";
    spec.privateDns = new DatabaseDns();
    spec.privateDns.name = "mongo";
    database.setSpec(spec);
    Owner owner = new Owner("tests", "FargateDatabase", "default", "mongo");
    return DatabaseStack.build(
        owner, database, Apps.place("ns-1"), Map.of(), new java.util.TreeMap<>(), null);
  }
}
