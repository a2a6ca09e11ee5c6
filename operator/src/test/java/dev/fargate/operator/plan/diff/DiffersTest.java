package dev.fargate.operator.plan.diff;

import static dev.fargate.operator.plan.diff.FieldChange.Effect.DEPLOYMENT;
import static dev.fargate.operator.plan.diff.FieldChange.Effect.IN_PLACE;
import static dev.fargate.operator.plan.diff.FieldChange.Effect.NEW_REVISION;
import static dev.fargate.operator.plan.diff.FieldChange.Effect.REPLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupSelection;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Cluster;
import dev.fargate.operator.stack.DiscoveryService;
import dev.fargate.operator.stack.FileSystem;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Listener;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.LoadBalancer;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.PrivateDnsNamespace;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.ScalingPolicy;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.SecurityGroup;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each field does when it changes, one row each; and what is no change at all. */
class DiffersTest {
  private static final Value X = Value.known("x");
  private static final Value Y = Value.known("y");
  private static final ResourceId GROUP = new ResourceId(Kind.TARGET_GROUP, "web");

  private static final Cluster CLUSTER =
      new Cluster(id(Kind.CLUSTER), "main", "disabled", Set.of("FARGATE"));
  private static final PrivateDnsNamespace NAMESPACE =
      new PrivateDnsNamespace(id(Kind.PRIVATE_DNS_NAMESPACE), "internal", "vpc-1");
  private static final SecurityGroup SECURITY_GROUP =
      new SecurityGroup(id(Kind.SECURITY_GROUP), "web", "tasks of web", "vpc-1");
  private static final SecurityGroupRule GRANT =
      new SecurityGroupRule(
          id(Kind.SECURITY_GROUP_RULE),
          X,
          "tcp",
          80,
          80,
          new SecurityGroupRule.Peer(Y, null),
          "lb");
  private static final LoadBalancer BALANCER =
      new LoadBalancer(
          id(Kind.LOAD_BALANCER), "lb", "application", "internal", Set.of("a", "b"), List.of(X));
  private static final Listener LISTENER =
      new Listener(id(Kind.LISTENER), X, 443, "HTTPS", List.of("c1", "c2"), "policy", null, null);
  private static final TargetGroup.HealthCheck HEALTH =
      new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 15, 5, 2, 2, "200");
  private static final TargetGroup TARGET_GROUP =
      new TargetGroup(
          GROUP,
          "web-1",
          80,
          "HTTP",
          "HTTP1",
          "vpc-1",
          HEALTH,
          new TreeMap<>(Map.of("stickiness.enabled", "false")));
  private static final ListenerRule RULE =
      new ListenerRule(
          id(Kind.LISTENER_RULE),
          X,
          7,
          null,
          new TreeSet<>(Set.of("a.b")),
          new TreeSet<>(Set.of("/*")),
          new TreeSet<>(),
          List.of(new ListenerRule.Forward(X, 1)));
  private static final LogGroup LOGS = new LogGroup(id(Kind.LOG_GROUP), "/fargate/x", 30, false);
  private static final Secret SECRET =
      new Secret(id(Kind.SECRET), "fargate/x", new TreeMap<>(), Secret.Content.SAME);
  private static final FileSystem FILE_SYSTEM =
      new FileSystem(id(Kind.FILE_SYSTEM), "token", true, null, "generalPurpose", "elastic");
  private static final AccessPoint ACCESS_POINT =
      new AccessPoint(id(Kind.ACCESS_POINT), "token", X, "/db", 999, 999, "0700", null);
  private static final MountTarget MOUNT_TARGET =
      new MountTarget(id(Kind.MOUNT_TARGET), X, "zone-a", "subnet-a", List.of(X));
  private static final BackupVault VAULT =
      new BackupVault(
          id(Kind.BACKUP_VAULT), "vault", new BackupVault.Request("t", X, "role", 7), null);
  private static final BackupPlan.Rule BACKUP_RULE =
      new BackupPlan.Rule(
          "schedule",
          X,
          "cron(0 3 * * ? *)",
          "Etc/UTC",
          7,
          new BackupPlan.Windows(60, 420),
          new TreeMap<>(Map.of("a", "1")));
  private static final BackupPlan BACKUP_PLAN =
      new BackupPlan(id(Kind.BACKUP_PLAN), "plan", List.of(BACKUP_RULE), null);
  private static final BackupSelection BACKUP_SELECTION =
      new BackupSelection(id(Kind.BACKUP_SELECTION), "selection", X, "role", Y);
  private static final DiscoveryService DNS =
      new DiscoveryService(id(Kind.DISCOVERY_SERVICE), "web", X, "A", 10);
  private static final TaskDefinition.Container CONTAINER =
      new TaskDefinition.Container(
          "web",
          "web:1",
          true,
          List.of(),
          List.of(),
          null,
          null,
          false,
          30,
          List.of(new TaskDefinition.Port("http", 80, "tcp", null)),
          new TreeMap<>(Map.of("A", "1", "B", "2")),
          new TreeMap<>(Map.of("S", X)),
          null,
          null);
  private static final TaskDefinition DEFINITION =
      new TaskDefinition(
          id(Kind.TASK_DEFINITION),
          "web",
          256,
          512,
          "X86_64",
          null,
          "execution",
          null,
          List.of(CONTAINER));
  private static final Service.Network NETWORK =
      new Service.Network(Set.of("a", "b"), List.of(X, Y), false);
  private static final Service.Deployment ROLLOUT =
      new Service.Deployment(100, 200, true, true, true);
  private static final Service SERVICE =
      new Service(
          id(Kind.SERVICE),
          "web",
          X,
          X,
          new Service.Count(1, true),
          List.of(),
          NETWORK,
          List.of(new Service.Target(X, "web", 80)),
          List.of(X),
          ROLLOUT,
          60,
          "LATEST",
          "SERVICE",
          "monday");
  private static final ScalableTarget SCALING =
      new ScalableTarget(id(Kind.SCALABLE_TARGET), X, 1, 4, false);
  private static final ScalingPolicy POLICY =
      new ScalingPolicy(id(Kind.SCALING_POLICY), "cpu", X, "Cpu", null, 70, 300, 60, false);

  private static final PublicName NAME =
      new PublicName(id(Kind.PUBLIC_NAME), "Z1", "app.example.com", "Z2", "lb.example");

  private static final MetricAlarm.Query QUERY =
      new MetricAlarm.Query(
          "metric",
          null,
          new MetricAlarm.Metric(
              "AWS/ECS", "CPUUtilization", new TreeMap<>(Map.of("ServiceName", X)), "Maximum", 60),
          true);
  private static final MetricAlarm ALARM =
      new MetricAlarm(
          id(Kind.METRIC_ALARM),
          "fargate/o/shop/web/cpu",
          "cpu of web",
          List.of(QUERY),
          new MetricAlarm.Condition("GreaterThanOrEqualToThreshold", 90, 1, 1, "missing"),
          new MetricAlarm.Actions(true, List.of("topic"), List.of("topic"), List.of()),
          null);

  private static Service with(Service service, Service.Deployment deployment) {
    return service.with(service.loadBalancers(), deployment);
  }

  private static ResourceId id(Kind kind) {
    return new ResourceId(kind, "web");
  }

  private static Arguments row(Resource from, String field, Object to, String change, Effect e) {
    return Arguments.of(from, field, to, change, e);
  }

  static List<Arguments> changes() {
    return List.of(
        row(FILE_SYSTEM, "throughputMode", "bursting", "throughputMode", IN_PLACE),
        row(ACCESS_POINT, "fileSystemId", Y, "fileSystemId", REPLACE),
        row(ACCESS_POINT, "path", "/other", "path", REPLACE),
        row(ACCESS_POINT, "uid", 1000L, "uid", REPLACE),
        row(ACCESS_POINT, "gid", 1000L, "gid", REPLACE),
        row(MOUNT_TARGET, "fileSystemId", Y, "fileSystemId", REPLACE),
        row(MOUNT_TARGET, "zone", "zone-b", "zone", REPLACE),
        row(MOUNT_TARGET, "securityGroups", List.of(Y), "securityGroups", IN_PLACE),
        row(VAULT, "name", "other", "name", REPLACE),
        row(VAULT, "request", new BackupVault.Request("u", X, "role", 7), "request", IN_PLACE),
        row(BACKUP_PLAN, "name", "other", "name", IN_PLACE),
        row(BACKUP_PLAN, "rules", List.of(BACKUP_RULE, BACKUP_RULE), "rules", IN_PLACE),
        row(BACKUP_SELECTION, "name", "other", "name", REPLACE),
        row(BACKUP_SELECTION, "planId", Y, "planId", REPLACE),
        row(BACKUP_SELECTION, "roleArn", "other", "roleArn", REPLACE),
        row(BACKUP_SELECTION, "resourceArn", X, "resourceArn", REPLACE),
        row(CLUSTER, "name", "other", "name", REPLACE),
        row(CLUSTER, "containerInsights", "enhanced", "containerInsights", IN_PLACE),
        row(
            CLUSTER,
            "capacityProviders",
            Set.of("FARGATE", "FARGATE_SPOT"),
            "capacityProviders",
            IN_PLACE),
        row(NAMESPACE, "domain", "other", "domain", REPLACE),
        row(NAMESPACE, "vpcId", "vpc-2", "vpcId", REPLACE),
        row(SECURITY_GROUP, "name", "other", "name", REPLACE),
        row(GRANT, "groupId", Y, "groupId", REPLACE),
        row(GRANT, "protocol", "udp", "protocol", REPLACE),
        row(GRANT, "fromPort", 79, "fromPort", REPLACE),
        row(GRANT, "toPort", 81, "toPort", REPLACE),
        row(GRANT, "peer", new SecurityGroupRule.Peer(null, "0.0.0.0/0"), "peer", REPLACE),
        row(BALANCER, "name", "other", "name", REPLACE),
        row(BALANCER, "subnets", Set.of("a", "c"), "subnets", IN_PLACE),
        row(BALANCER, "securityGroups", List.of(Y), "securityGroups", IN_PLACE),
        row(LISTENER, "loadBalancerArn", Y, "loadBalancerArn", REPLACE),
        row(LISTENER, "port", 444, "port", IN_PLACE),
        row(LISTENER, "protocol", "HTTP", "protocol", IN_PLACE),
        row(LISTENER, "certificateArns", List.of("c2", "c1"), "certificateArns", IN_PLACE),
        row(LISTENER, "sslPolicy", "newer", "sslPolicy", IN_PLACE),
        row(LISTENER, "redirectToHttpsPort", 443, "redirectToHttpsPort", IN_PLACE),
        row(LISTENER, "otherAction", "forward to x", "otherAction", IN_PLACE),
        row(TARGET_GROUP, "name", "web-2", "name", REPLACE),
        row(
            TARGET_GROUP,
            "healthCheck",
            new TargetGroup.HealthCheck("HTTP", "traffic-port", "/up", 15, 5, 2, 2, "200"),
            "healthCheck.path",
            IN_PLACE),
        row(
            TARGET_GROUP,
            "healthCheck",
            new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 15, 5, 2, 2, "200-299"),
            "healthCheck.successCodes",
            IN_PLACE),
        row(
            TARGET_GROUP,
            "attributes",
            new TreeMap<>(Map.of("stickiness.enabled", "true")),
            "attributes.stickiness.enabled",
            IN_PLACE),
        row(RULE, "listenerArn", Y, "listenerArn", REPLACE),
        row(RULE, "priority", 8, "priority", IN_PLACE),
        row(RULE, "hosts", new TreeSet<>(Set.of("b.b")), "hosts", IN_PLACE),
        row(RULE, "paths", new TreeSet<>(Set.of("/x")), "paths", IN_PLACE),
        row(RULE, "sourceCidrs", new TreeSet<>(Set.of("10.0.0.0/8")), "sourceCidrs", IN_PLACE),
        row(RULE, "forwards", List.of(new ListenerRule.Forward(Y, 1)), "forwards", IN_PLACE),
        row(LOGS, "name", "/fargate/y", "name", REPLACE),
        row(LOGS, "retentionDays", 7, "retentionDays", IN_PLACE),
        row(SECRET, "name", "fargate/y", "name", REPLACE),
        row(DNS, "name", "other", "name", REPLACE),
        row(DNS, "namespaceId", Y, "namespaceId", REPLACE),
        row(DNS, "recordType", "SRV", "recordType", REPLACE),
        row(DNS, "ttlSeconds", 60, "ttlSeconds", IN_PLACE),
        row(DEFINITION, "cpuUnits", 512, "cpuUnits", NEW_REVISION),
        row(DEFINITION, "memoryMiB", 1024, "memoryMiB", NEW_REVISION),
        row(DEFINITION, "taskRoleArn", "task", "taskRoleArn", NEW_REVISION),
        row(SERVICE, "name", "other", "name", REPLACE),
        row(SERVICE, "clusterArn", Y, "clusterArn", REPLACE),
        row(SERVICE, "taskDefinitionArn", Y, "taskDefinitionArn", DEPLOYMENT),
        row(SERVICE, "count", new Service.Count(2, true), "count", IN_PLACE),
        row(
            SERVICE,
            "network",
            new Service.Network(Set.of("a"), List.of(X, Y), false),
            "network.subnets",
            DEPLOYMENT),
        row(
            SERVICE,
            "network",
            new Service.Network(Set.of("a", "b"), List.of(X), false),
            "network.securityGroups",
            DEPLOYMENT),
        row(
            SERVICE,
            "network",
            new Service.Network(Set.of("a", "b"), List.of(X, Y), true),
            "network.assignPublicIp",
            DEPLOYMENT),
        row(
            SERVICE,
            "capacity",
            List.of(new Service.Capacity("FARGATE_SPOT", 1, 0)),
            "capacity",
            DEPLOYMENT),
        row(SERVICE, "loadBalancers", List.of(), "loadBalancers", DEPLOYMENT),
        row(
            SERVICE,
            "loadBalancers",
            List.of(new Service.Target(X, "web", 80, new Service.Shift(Y, X, "role"))),
            "loadBalancers",
            DEPLOYMENT),
        row(SERVICE, "registries", List.of(), "registries", DEPLOYMENT),
        row(
            SERVICE,
            "deployment",
            new Service.Deployment(50, 200, true, true, true),
            "deployment.minHealthyPercent",
            IN_PLACE),
        row(
            SERVICE,
            "deployment",
            new Service.Deployment(100, 200, true, true, false),
            "deployment.zoneRebalancing",
            IN_PLACE),
        row(
            SERVICE,
            "deployment",
            ROLLOUT.endedBy(List.of("errors")),
            "deployment.rollbackAlarms",
            IN_PLACE),
        row(
            SERVICE,
            "deployment",
            ROLLOUT.with(new Service.Strategy("BLUE_GREEN", 0, null, null)),
            "deployment.strategy",
            IN_PLACE),
        row(
            with(SERVICE, ROLLOUT.with(new Service.Strategy("LINEAR", 5, 10.0, 6))),
            "deployment",
            ROLLOUT.with(new Service.Strategy("LINEAR", 5, 25.0, 6)),
            "deployment.percent",
            IN_PLACE),
        row(
            with(SERVICE, ROLLOUT.with(new Service.Strategy("CANARY", 5, 5.0, 10))),
            "deployment",
            ROLLOUT.with(new Service.Strategy("CANARY", 5, 5.0, 1)),
            "deployment.stepMinutes",
            IN_PLACE),
        row(
            with(SERVICE, ROLLOUT.with(new Service.Strategy("CANARY", 5, 5.0, 10))),
            "deployment",
            ROLLOUT.with(new Service.Strategy("CANARY", 0, 5.0, 10)),
            "deployment.bakeMinutes",
            IN_PLACE),
        row(SERVICE, "healthCheckGracePeriodSeconds", 0, "healthCheckGracePeriodSeconds", IN_PLACE),
        row(SERVICE, "platformVersion", "1.4.0", "platformVersion", DEPLOYMENT),
        row(SERVICE, "propagateTags", "NONE", "propagateTags", IN_PLACE),
        row(SERVICE, "restartToken", "tuesday", "restartToken", DEPLOYMENT),
        row(SCALING, "resource", Y, "resource", REPLACE),
        row(SCALING, "minCapacity", 2, "minCapacity", IN_PLACE),
        row(SCALING, "maxCapacity", 5, "maxCapacity", IN_PLACE),
        row(SCALING, "suspended", true, "suspended", IN_PLACE),
        row(POLICY, "name", "other", "name", REPLACE),
        row(POLICY, "metric", "Memory", "metric", IN_PLACE),
        row(POLICY, "resourceLabel", Y, "resourceLabel", IN_PLACE),
        row(POLICY, "targetValue", 50, "targetValue", IN_PLACE),
        row(POLICY, "scaleInCooldownSeconds", 1, "scaleInCooldownSeconds", IN_PLACE),
        row(POLICY, "scaleOutCooldownSeconds", 1, "scaleOutCooldownSeconds", IN_PLACE),
        row(POLICY, "disableScaleIn", true, "disableScaleIn", IN_PLACE),
        row(ALARM, "name", "other", "name", REPLACE),
        row(ALARM, "description", "other", "description", IN_PLACE),
        row(ALARM, "queries", List.of(), "queries", IN_PLACE),
        row(ALARM, "condition", condition("LessThanThreshold", 90, 1, 1), "comparison", IN_PLACE),
        row(ALARM, "condition", condition(null, 80, 1, 1), "threshold", IN_PLACE),
        row(ALARM, "condition", condition(null, 90, 2, 1), "evaluationPeriods", IN_PLACE),
        row(ALARM, "condition", condition(null, 90, 1, 2), "datapointsToAlarm", IN_PLACE),
        row(
            ALARM,
            "actions",
            new MetricAlarm.Actions(false, List.of("topic"), List.of("topic"), List.of()),
            "actionsEnabled",
            IN_PLACE),
        row(
            ALARM,
            "actions",
            new MetricAlarm.Actions(true, List.of(), List.of("topic"), List.of()),
            "alarmActions",
            IN_PLACE),
        row(
            ALARM,
            "actions",
            new MetricAlarm.Actions(true, List.of("topic"), List.of(), List.of()),
            "okActions",
            IN_PLACE),
        row(
            ALARM,
            "actions",
            new MetricAlarm.Actions(true, List.of("topic"), List.of("topic"), List.of("topic")),
            "insufficientDataActions",
            IN_PLACE),
        row(NAME, "host", "other.example.com", "host", REPLACE),
        row(NAME, "hostedZoneId", "Z3", "hostedZoneId", REPLACE),
        row(NAME, "targetZoneId", "Z3", "targetZoneId", IN_PLACE),
        row(NAME, "targetDnsName", "other.example", "targetDnsName", IN_PLACE));
  }

  private static MetricAlarm.Condition condition(
      String comparison, double threshold, int periods, int datapoints) {
    return new MetricAlarm.Condition(
        comparison == null ? "GreaterThanOrEqualToThreshold" : comparison,
        threshold,
        periods,
        datapoints,
        "missing");
  }

  @ParameterizedTest(name = "{0} {3} -> {4}")
  @MethodSource("changes")
  void aChangedFieldIsFoundWithItsEffect(
      Resource from, String field, Object to, String change, Effect effect) throws Exception {
    List<FieldChange> changes = Differs.changes(from, with(from, field, to));
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).field()).isEqualTo(change);
    assertThat(changes.get(0).effect()).isEqualTo(effect);
    assertThat(Differs.same(from, with(from, field, to))).isEqualTo(effect != REPLACE);
  }

  @Test
  void weightsThatBelongToEcsAreNoChangeWhateverTheyAre() {
    int ecs = ListenerRule.WEIGHED_BY_ECS;
    Resource wanted = forwards(new ListenerRule.Forward(X, ecs), new ListenerRule.Forward(Y, ecs));
    assertThat(
            Differs.changes(
                forwards(new ListenerRule.Forward(Y, 73), new ListenerRule.Forward(X, 27)), wanted))
        .isEmpty();
    Value z = Value.known("z");
    for (ListenerRule other :
        List.of(
            forwards(new ListenerRule.Forward(X, 100)),
            forwards(new ListenerRule.Forward(X, 100), new ListenerRule.Forward(z, 0)))) {
      assertThat(Differs.changes(other, wanted))
          .as("another target group")
          .extracting(FieldChange::field)
          .containsExactly("forwards");
    }
  }

  @Test
  void weightsThatAreOursAreAChangeAndThatOfTheOnlyGroupIsNone() {
    ListenerRule before = forwards(new ListenerRule.Forward(X, 1), new ListenerRule.Forward(Y, 0));
    ListenerRule after = forwards(new ListenerRule.Forward(X, 0), new ListenerRule.Forward(Y, 1));
    assertThat(Differs.changes(before, after))
        .containsExactly(
            new FieldChange(
                "forwards", "[x weight 1, y weight 0]", "[x weight 0, y weight 1]", IN_PLACE));
    assertThat(Differs.changes(forwards(new ListenerRule.Forward(X, 7)), RULE)).isEmpty();
  }

  private static ListenerRule forwards(ListenerRule.Forward... forwards) {
    return new ListenerRule(
        RULE.id(),
        RULE.listenerArn(),
        RULE.priority(),
        RULE.priorityBase(),
        RULE.hosts(),
        RULE.paths(),
        RULE.sourceCidrs(),
        List.of(forwards));
  }

  static List<Arguments> sameThings() {
    return List.of(
        Arguments.of(BALANCER, "subnets", new TreeSet<>(Set.of("b", "a"))),
        Arguments.of(LISTENER, "id", new ResourceId(Kind.LISTENER, "other")),
        Arguments.of(RULE, "hosts", new TreeSet<>(Set.of("A.B"))),
        Arguments.of(RULE, "forwards", List.of(new ListenerRule.Forward(X, 100))),
        Arguments.of(RULE, "priorityBase", 5),
        Arguments.of(GRANT, "description", "another word"),
        Arguments.of(SECURITY_GROUP, "description", "another word"),
        Arguments.of(TARGET_GROUP, "attributes", new TreeMap<>()),
        Arguments.of(LOGS, "keepOnDelete", true),
        Arguments.of(ALARM, "state", new MetricAlarm.State("ALARM", "high", "now")),
        // What AWS cannot change is no reason to begin anew with an empty one.
        Arguments.of(FILE_SYSTEM, "encrypted", false),
        Arguments.of(FILE_SYSTEM, "kmsKeyId", "alias/other"),
        Arguments.of(FILE_SYSTEM, "performanceMode", "maxIO"),
        Arguments.of(MOUNT_TARGET, "subnetId", "another-of-the-zone"),
        // Nobody asks for a backup now; and what a vault holds is no setting.
        Arguments.of(VAULT, "request", null),
        Arguments.of(VAULT, "request", new BackupVault.Request("t", Y, "other", 9)),
        Arguments.of(VAULT, "state", new BackupVault.State(List.of(), List.of())),
        Arguments.of(BACKUP_PLAN, "since", "2026-01-01T00:00:00Z"),
        Arguments.of(SERVICE, "count", new Service.Count(9, false)),
        Arguments.of(SERVICE, "restartToken", null),
        Arguments.of(
            SERVICE, "network", new Service.Network(Set.of("b", "a"), List.of(Y, X), false)),
        Arguments.of(DNS, "name", "WEB"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("sameThings")
  void whatMeansTheSameIsNoChange(Resource from, String field, Object to) throws Exception {
    assertThat(Differs.changes(from, with(from, field, to))).isEmpty();
  }

  @Test
  void cloudMapDoesNotSayWhichVpcANamespaceServes() throws Exception {
    assertThat(Differs.changes(with(NAMESPACE, "vpcId", null), NAMESPACE)).isEmpty();
  }

  @Test
  void aSecretShowsThatItChangedAndNeverHow() throws Exception {
    Resource different = with(SECRET, "content", Secret.Content.DIFFERENT);
    assertThat(Differs.changes(different, SECRET))
        .containsExactly(new FieldChange("content", "***", "(secret changed)", IN_PLACE));
    Resource unknown = with(SECRET, "content", Secret.Content.UNKNOWN);
    assertThat(Differs.changes(unknown, SECRET)).isEmpty();
  }

  @Test
  void anUnresolvedReferenceIsAChangeThatNamesIt() throws Exception {
    Value reference = Value.ref(GROUP, dev.fargate.operator.stack.Output.ARN);
    List<FieldChange> changes =
        Differs.changes(
            RULE, with(RULE, "forwards", List.of(new ListenerRule.Forward(reference, 1))));
    assertThat(changes)
        .containsExactly(
            new FieldChange("forwards", "[x]", "[(known after: TargetGroup/web)]", IN_PLACE));
  }

  @Test
  void sharesOfTheTasksAreShownInWords() throws Exception {
    List<Service.Capacity> spot = List.of(new Service.Capacity("FARGATE_SPOT", 3, 1));
    assertThat(Differs.changes(SERVICE, with(SERVICE, "capacity", spot)))
        .containsExactly(
            new FieldChange("capacity", "[]", "[FARGATE_SPOT weight 3 base 1]", DEPLOYMENT));
  }

  @Test
  void aNewRevisionShowsEachVariableOfItsOwn() throws Exception {
    TaskDefinition.Container other =
        (TaskDefinition.Container)
            copy(CONTAINER, "environment", new TreeMap<>(Map.of("A", "9", "C", "3")));
    assertThat(Differs.changes(DEFINITION, with(DEFINITION, "containers", List.of(other))))
        .extracting(FieldChange::field, FieldChange::before, FieldChange::after)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("containers.web.environment.A", "1", "9"),
            org.assertj.core.groups.Tuple.tuple("containers.web.environment.C", null, "3"),
            org.assertj.core.groups.Tuple.tuple("containers.web.environment.B", "2", null));
  }

  @Test
  void aNewRevisionShowsItsPortsAndWhichSecretAVariableComesFrom() throws Exception {
    Record ports =
        copy(
            CONTAINER,
            "ports",
            List.of(
                new TaskDefinition.Port(null, 9, "udp", null),
                new TaskDefinition.Port("http", 81, "tcp", null)));
    assertThat(Differs.changes(DEFINITION, with(DEFINITION, "containers", List.of(ports))))
        .containsExactly(
            new FieldChange(
                "containers.web.ports", "[http 80/tcp]", "[9/udp, http 81/tcp]", NEW_REVISION));
    Record secrets = copy(CONTAINER, "secrets", new TreeMap<>(Map.of("S", Y)));
    assertThat(Differs.changes(DEFINITION, with(DEFINITION, "containers", List.of(secrets))))
        .containsExactly(new FieldChange("containers.web.secrets.S", "x", "y", NEW_REVISION));
  }

  @Test
  void eachPartOfABackupRuleIsAChangeOfItsOwn() throws Exception {
    Map<String, Object> others =
        Map.of(
            "name",
            "other",
            "vaultName",
            Y,
            "schedule",
            "cron(0 4 * * ? *)",
            "timeZone",
            "Europe/Berlin",
            "retentionDays",
            14,
            "windows",
            new BackupPlan.Windows(60, 600),
            "tags",
            new TreeMap<>(Map.of("a", "2")));
    for (Map.Entry<String, Object> other : others.entrySet()) {
      Record rule = copy(BACKUP_RULE, other.getKey(), other.getValue());
      assertThat(Differs.changes(BACKUP_PLAN, with(BACKUP_PLAN, "rules", List.of(rule))))
          .as(other.getKey())
          .singleElement()
          .satisfies(change -> assertThat(change.effect()).isEqualTo(IN_PLACE));
    }
  }

  @Test
  void everyKindHasADiffer() {
    Set<Class<?>> compared =
        List.<Resource>of(
                CLUSTER,
                NAMESPACE,
                SECURITY_GROUP,
                GRANT,
                BALANCER,
                LISTENER,
                TARGET_GROUP,
                RULE,
                LOGS,
                SECRET,
                FILE_SYSTEM,
                ACCESS_POINT,
                MOUNT_TARGET,
                VAULT,
                BACKUP_PLAN,
                BACKUP_SELECTION,
                DNS,
                DEFINITION,
                SERVICE,
                SCALING,
                POLICY,
                ALARM,
                NAME)
            .stream()
            .filter(resource -> Differs.changes(resource, resource).isEmpty())
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertThat(compared).containsExactlyInAnyOrder(Resource.class.getPermittedSubclasses());
  }

  @Test
  void differentKindsCannotBeCompared() {
    assertThatThrownBy(() -> Differs.changes(LOGS, SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Secret/web");
  }

  static Resource with(Resource resource, String field, Object value) throws Exception {
    return (Resource) copy((Record) resource, field, value);
  }

  /** A copy of a record with one component exchanged. */
  private static Record copy(Record from, String field, Object value) throws Exception {
    RecordComponent[] components = from.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean exchanged = components[i].getName().equals(field);
      found |= exchanged;
      values[i] = exchanged ? value : components[i].getAccessor().invoke(from);
    }
    assertThat(found).as("a component named %s", field).isTrue();
    Constructor<?> constructor =
        from.getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
    return (Record) constructor.newInstance(values);
  }
}
