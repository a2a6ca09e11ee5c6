package dev.fargate.operator.stack.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.LocalReference;
import dev.fargate.api.v1alpha1.Logs;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.app.CircuitBreaker;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.ScalingPolicy;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppStackTest {
  private final FargateApp app = Phoenix.app();

  private Stack stack() {
    return AppStack.build(Phoenix.APP, app, Phoenix.place(), Phoenix.references());
  }

  private <R extends Resource> R only(Class<R> type) {
    List<R> found = all(type);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private <R extends Resource> List<R> all(Class<R> type) {
    return stack().resources().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void phoenixIsTheseResources() {
    assertThat(stack().resources())
        .extracting(resource -> resource.id().toString())
        .containsExactlyInAnyOrder(
            "SecurityGroup/tasks",
            "SecurityGroupRule/lb-public-3000",
            "SecurityGroupRule/db-phoenix-db",
            "TargetGroup/web",
            "ListenerRule/web-80-any-1",
            "LogGroup/logs",
            "TaskDefinition/tasks",
            "Service/service",
            "ScalableTarget/count",
            "ScalingPolicy/cpu",
            "ScalingPolicy/requests");
  }

  @Test
  void eachRowOfAListenerHasARuleOfItsOwn() {
    var ingress = app.getSpec().ingresses.get(0);
    ingress.hosts = List.of("a.example.com", "*.example.com");
    ingress.paths = List.of("/", "/*", "/a/b/c");
    assertThat(all(ListenerRule.class))
        .extracting(rule -> rule.id().name() + " " + rule.hosts() + " " + rule.paths())
        .containsExactlyInAnyOrder(
            "web-80-exact-1 [a.example.com] [/, /*]",
            "web-80-exact-6 [a.example.com] [/a/b/c]",
            "web-80-wildcard-1 [*.example.com] [/, /*]",
            "web-80-wildcard-6 [*.example.com] [/a/b/c]");
  }

  @Test
  void anIngressWhosePlaceTheUserGivesIsOneRule() {
    var ingress = app.getSpec().ingresses.get(0);
    ingress.paths = List.of("/", "/a/b/c");
    ingress.priorityBase = 10;
    assertThat(only(ListenerRule.class).paths()).containsExactly("/", "/a/b/c");
  }

  @Test
  void theConnectionStringIsASecretAndNeverPlain() {
    var container = only(TaskDefinition.class).containers().get(0);
    assertThat(container.environment()).containsOnlyKeys("PORT");
    assertThat(container.secrets().get("DB_CONNECTION_STRING").toString())
        .isEqualTo(
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf:connectionString::");
  }

  @Test
  void theWayGoesFromLoadBalancerToAppToDatabaseOnly() {
    assertThat(all(SecurityGroupRule.class))
        .extracting(rule -> rule.groupId() + " <- " + rule.peer() + ":" + rule.fromPort())
        .containsExactlyInAnyOrder(
            "(known after: SecurityGroup/tasks) <- sg-0lb00000000000000:3000",
            "sg-0db00000000000000 <- (known after: SecurityGroup/tasks):27017");
  }

  @Test
  void aHealthCheckOnAnotherPortIsLetInToo() {
    app.getSpec().ingresses.get(0).healthCheck.port = 3001;
    assertThat(all(SecurityGroupRule.class))
        .extracting(rule -> rule.id().name())
        .contains("lb-public-3000", "lb-public-3001");
  }

  @Test
  void underAutoscalingTheCountIsNotOurs() {
    assertThat(only(Service.class).count()).isEqualTo(new Service.Count(1, false));
    assertThat(only(ScalableTarget.class).minCapacity()).isEqualTo(1);
    assertThat(only(ScalableTarget.class).maxCapacity()).isEqualTo(4);
  }

  @Test
  void withoutAutoscalingReplicasCount() {
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 3;
    assertThat(only(Service.class).count()).isEqualTo(new Service.Count(3, true));
    assertThat(all(ScalableTarget.class)).isEmpty();
  }

  @Test
  void suspendedMeansZeroTasksWithOrWithoutAutoscaling() {
    app.getSpec().suspend = true;
    assertThat(only(ScalableTarget.class).maxCapacity()).isZero();
    app.getSpec().autoscaling = null;
    assertThat(only(Service.class).count()).isEqualTo(new Service.Count(0, true));
  }

  @Test
  void scalingOnRequestsNamesLoadBalancerAndTargetGroup() {
    ScalingPolicy requests =
        all(ScalingPolicy.class).stream()
            .filter(p -> p.id().name().equals("requests"))
            .findFirst()
            .orElseThrow();
    assertThat(requests.targetValue()).isEqualTo(600);
    assertThat(requests.resourceLabel().toString())
        .isEqualTo("app/lb/0123456789abcdef/(known after: TargetGroup/web)");
  }

  @Test
  void eachMetricHasItsPolicyWithTheValueThatTheSpecSays() {
    app.getSpec().autoscaling.memoryPercent = 80;
    assertThat(all(ScalingPolicy.class))
        .extracting(policy -> policy.metric() + " " + policy.targetValue())
        .containsExactlyInAnyOrder(
            "ECSServiceAverageCPUUtilization 70",
            "ECSServiceAverageMemoryUtilization 80",
            "ALBRequestCountPerTarget 600");
  }

  @Test
  void aFailedRolloutIsRolledBackUnlessTheSpecSaysOtherwise() {
    assertThat(only(Service.class).deployment())
        .isEqualTo(new Service.Deployment(100, 200, true, true, true));
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.circuitBreaker = new CircuitBreaker();
    app.getSpec().rollout.circuitBreaker.rollback = false;
    assertThat(only(Service.class).deployment().circuitBreaker()).isTrue();
    assertThat(only(Service.class).deployment().rollback()).isFalse();
  }

  @Test
  void logsAreKeptAsLongAsTheSpecSays() {
    app.getSpec().logs = new Logs();
    app.getSpec().logs.retentionDays = 7;
    assertThat(only(LogGroup.class).retentionDays()).isEqualTo(7);
  }

  @Test
  void anotherPortIsAnotherTargetGroup() {
    String before = only(TargetGroup.class).name();
    app.getSpec().ports.get(0).containerPort = 3001;
    assertThat(only(TargetGroup.class).name()).isNotEqualTo(before);
  }

  @Test
  void anotherHealthPathIsTheSameTargetGroup() {
    String before = only(TargetGroup.class).name();
    app.getSpec().ingresses.get(0).healthCheck.path = "/other";
    assertThat(only(TargetGroup.class).name()).isEqualTo(before);
    assertThat(only(TargetGroup.class).healthCheck().path()).isEqualTo("/other");
  }

  @Test
  void anIngressTakesHttpsListenersBeforePlainOnes() {
    var balancer = Phoenix.place().loadBalancers().get("public");
    var listeners =
        List.of(
            new Place.PublishedListener(80, "HTTP", "arn:80", true),
            new Place.PublishedListener(443, "HTTPS", "arn:443", false));
    Place place =
        withBalancer(
            new Place.PublishedLoadBalancer(
                "public", balancer.arn(), "lb", "Z1", "sg-1", listeners));
    assertThat(AppStack.build(Phoenix.APP, app, place, Phoenix.references()).resources())
        .filteredOn(ListenerRule.class::isInstance)
        .extracting(rule -> ((ListenerRule) rule).listenerArn().toString())
        .containsExactly("arn:443");
  }

  @Test
  void aKubernetesSecretIsReferencedByKeyAndVersion() {
    EnvVar variable = new EnvVar();
    variable.name = "TOKEN";
    variable.valueFrom = new ValueFrom();
    variable.valueFrom.secretKeyRef = new KeyReference();
    variable.valueFrom.secretKeyRef.name = "tokens";
    variable.valueFrom.secretKeyRef.key = "token";
    app.getSpec().env.add(variable);
    assertThat(only(Secret.class).sources())
        .isEqualTo(Map.of("TOKEN", new Secret.Source.KubernetesSecret("tokens", "token")));
    assertThat(only(TaskDefinition.class).containers().get(0).secrets().get("TOKEN").toString())
        .isEqualTo("(known after: Secret/env):TOKEN::(known after: Secret/env)");
  }

  @Test
  void anAppThatIsAllowedInGetsEveryPort() {
    app.getSpec().network = new Network();
    LocalReference other = new LocalReference();
    other.name = "other";
    app.getSpec().network.allowFrom = List.of(other);
    References references =
        new References(
            Phoenix.references().databases(), Map.of(), Map.of("other", "sg-0other000000000"));
    assertThat(AppStack.build(Phoenix.APP, app, Phoenix.place(), references).resources())
        .filteredOn(SecurityGroupRule.class::isInstance)
        .extracting(rule -> rule.id().name())
        .contains("app-other-3000-tcp");
  }

  @Test
  void recreateStopsBeforeItStarts() {
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.strategy = "Recreate";
    assertThat(only(Service.class).deployment())
        .isEqualTo(new Service.Deployment(0, 100, true, true, false));
  }

  @Test
  void aPrivateNameIsRegisteredByEcs() {
    app.getSpec().privateDns = new PrivateDns();
    app.getSpec().privateDns.name = "web";
    assertThat(stack().resources()).extracting(r -> r.id().kind()).contains(Kind.DISCOVERY_SERVICE);
    assertThat(only(Service.class).registries()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T08:00:00Z, 2026-11-21T09:00:00Z, 2026-11-21T09:00:00Z",
    "2026-11-21T10:00:00Z, 2026-11-21T09:00:00Z, 2026-11-21T10:00:00Z",
    ", 2026-11-21T09:00:00Z, 2026-11-21T09:00:00Z",
    "2026-11-21T08:00:00Z, , 2026-11-21T08:00:00Z",
    ", ,"
  })
  void theNewerOfFieldAndAnnotationRestarts(String field, String annotation, String restart) {
    app.getSpec().restartedAt = field;
    if (annotation != null) {
      app.getMetadata().setAnnotations(Map.of(Annotations.RESTARTED_AT, annotation));
    }
    assertThat(only(Service.class).restartToken()).isEqualTo(restart);
  }

  /** Rebalancing over zones starts a task before it stops one, which needs room (AWS-FACTS 4.1). */
  @ParameterizedTest
  @CsvSource({"100, false", "101, true"})
  void zonesAreRebalancedWhereThereIsRoomForATaskMore(int maxPercent, boolean rebalanced) {
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.minHealthyPercent = 50;
    app.getSpec().rollout.maxPercent = maxPercent;
    assertThat(only(Service.class).deployment().zoneRebalancing()).isEqualTo(rebalanced);
  }

  @Test
  void theAppsTagsWinOverTheEnvironments() {
    Place place = Phoenix.place();
    place.defaults().tags.put("team", "platform");
    place.defaults().tags.put("cost", "1");
    app.getSpec().tags.put("team", "shop");
    assertThat(AppStack.build(Phoenix.APP, app, place, Phoenix.references()).tags())
        .isEqualTo(Map.of("team", "shop", "cost", "1"));
  }

  private static Place withBalancer(Place.PublishedLoadBalancer balancer) {
    Place place = Phoenix.place();
    return new Place(
        place.environment(),
        place.region(),
        place.accountId(),
        place.clusterArn(),
        place.clusterName(),
        place.namespaceId(),
        place.privateDomain(),
        place.vpcId(),
        place.subnetIds(),
        place.securityGroupIds(),
        place.assignPublicIp(),
        Map.of(balancer.name(), balancer),
        place.logGroups(),
        place.publicZones(),
        place.defaults());
  }

  @Test
  void whereEcsMovesTrafficThereAreTwoTargetGroupsOneRuleAndItsWeightsAreEcss() {
    FargateApp app = Phoenix.app();
    app.getSpec().autoscaling.requestsPerMinutePerTask = null;
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.strategy = "Canary";
    Place place = Phoenix.place();
    place.defaults().infrastructureRoleArn = "arn:aws:iam::123456789012:role/infrastructure";
    Stack stack = AppStack.build(Phoenix.APP, app, place, Phoenix.references());
    assertThat(stack.resources())
        .filteredOn(TargetGroup.class::isInstance)
        .extracting(Resource::physicalName)
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(stack.resources())
        .filteredOn(ListenerRule.class::isInstance)
        .singleElement()
        .satisfies(rule -> assertThat(((ListenerRule) rule).isWeighedByEcs()).isTrue());
    Service service = (Service) stack.find(Ids.SERVICE).orElseThrow();
    assertThat(service.deployment())
        .isEqualTo(
            new Service.Deployment(100, 200, false, false, true)
                .with(new Service.Strategy("CANARY", 5, 5.0, 10)));
    assertThat(service.loadBalancers())
        .singleElement()
        .satisfies(
            target ->
                assertThat(target.shift().roleArn())
                    .isEqualTo("arn:aws:iam::123456789012:role/infrastructure"));
  }
}
