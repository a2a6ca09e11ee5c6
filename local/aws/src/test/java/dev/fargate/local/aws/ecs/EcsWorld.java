package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.cloudmap.CloudMap;
import dev.fargate.local.aws.ec2.Ec2;
import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.efs.Efs;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.metrics.InMemoryMetrics;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.time.VirtualScheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** ECS with scripted tasks and a virtual clock, and short ways to call it. */
final class EcsWorld {
  static final String ROLE = "arn:aws:iam::123456789012:role/tasks";
  static final Caller CALLER = Ec2Fixture.CALLER;

  final VirtualScheduler clock = new VirtualScheduler(Instant.parse("2026-11-21T00:00:00Z"));
  final ScriptedTasks tasks = new ScriptedTasks(clock);
  final Ec2 ec2 = Ec2Fixture.ec2();
  final LoadBalancing balancing = new LoadBalancing(clock, ec2, tasks);
  final CloudMap cloudMap = new CloudMap(clock, CloudMap.QUICK_LAG, Ec2Fixture.VPC::equals);
  final Map<String, String> secrets = new HashMap<>();
  final Map<String, String> parameters = new HashMap<>();
  final Set<String> logGroups = new HashSet<>(Set.of("/phoenix"));
  final Set<String> roles = new HashSet<>(Set.of(ROLE));
  final Efs efs = new Efs(clock, ec2, "eu-central-1", dev.fargate.local.aws.efs.Timing.realistic());
  final Ecs ecs;

  /** The alarms that are raised. */
  final Set<String> raised = new HashSet<>();

  /** How far each alarm looks back. */
  static final Duration ALARM_WINDOW = Duration.ofMinutes(3);

  EcsWorld() {
    ecs =
        new Ecs(
            clock,
            tasks,
            Timing.realistic(),
            roles::contains,
            new Surroundings(
                ec2,
                balancing.elb.targetGroups(),
                cloudMap,
                this::secret,
                name -> Optional.ofNullable(parameters.get(name)),
                logs(),
                new InMemoryMetrics(clock),
                efs,
                alarms()));
    call("CreateCluster", Struct.of().with("clusterName", "main"));
  }

  private String secret(String valueFrom) {
    if (!secrets.containsKey(valueFrom)) {
      throw new AwsException(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return secrets.get(valueFrom);
  }

  private Alarms alarms() {
    return new Alarms() {
      @Override
      public boolean isRaised(String name) {
        return raised.contains(name);
      }

      @Override
      public Duration window(String name) {
        return ALARM_WINDOW;
      }
    };
  }

  private LogSink logs() {
    return new LogSink() {
      @Override
      public boolean hasGroup(String logGroup) {
        return logGroups.contains(logGroup);
      }

      @Override
      public void append(String logGroup, String stream, Instant time, String line) {
        // Scripted tasks write no logs.
      }
    };
  }

  Struct call(String operation, Struct in) {
    return clock.locked(() -> ecs.handle(operation, in, CALLER));
  }

  Struct efs(String operation, Struct in) {
    return clock.locked(() -> efs.handle(operation, in, CALLER));
  }

  void pass(Duration duration) {
    clock.advance(duration);
  }

  void seconds(int seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  /** Lets seconds pass until it is so; an hour of virtual time is more than anything here takes. */
  void until(String what, BooleanSupplier holds) {
    for (int second = 0; second < 3600; second++) {
      if (holds.getAsBoolean()) {
        return;
      }
      seconds(1);
    }
    throw new AssertionError(what + ": not within an hour");
  }

  /** Registers a revision of family web with the given image; returns its ARN. */
  String register(String image) {
    return call("RegisterTaskDefinition", definition(image))
        .struct("taskDefinition")
        .orElseThrow()
        .required("taskDefinitionArn");
  }

  static Struct container(String image) {
    return Struct.of()
        .with("name", "web")
        .with("image", image)
        .with("portMappings", List.of(Struct.of().with("containerPort", 3000)));
  }

  static Struct definition(String image) {
    return definition(container(image));
  }

  static Struct definition(Struct container) {
    return Struct.of()
        .with("family", "web")
        .with("networkMode", "awsvpc")
        .with("requiresCompatibilities", List.of("FARGATE"))
        .with("cpu", "256")
        .with("memory", "512")
        .with("executionRoleArn", ROLE)
        .with("containerDefinitions", List.of(container));
  }

  static Struct service(String taskDefinition, int desired) {
    return Struct.of()
        .with("cluster", "main")
        .with("serviceName", "web")
        .with("taskDefinition", taskDefinition)
        .with("launchType", "FARGATE")
        .with("desiredCount", desired)
        .with("networkConfiguration", network());
  }

  static Struct network() {
    return Struct.of()
        .with(
            "awsvpcConfiguration",
            Struct.of().with("subnets", List.of(Ec2Fixture.SUBNET_A, Ec2Fixture.SUBNET_B)));
  }

  static Struct breaker() {
    return Struct.of()
        .with("deploymentCircuitBreaker", Struct.of().with("enable", true).with("rollback", true));
  }

  /** An UpdateService request for the service web. */
  static Struct update() {
    return Struct.of().with("cluster", "main").with("service", "web");
  }

  /** Service web with the desired count of image web:1 behind the load balancer. */
  Struct balanced(int desired) {
    return balanced(register("web:1"), desired);
  }

  Struct balanced(String taskDefinition, int desired) {
    return service(taskDefinition, desired)
        .with("loadBalancers", List.of(loadBalancer(balancing.targetGroup)));
  }

  /** Makes the name db.phoenix; returns the ARN of its Cloud Map service. */
  String discovery() {
    Struct namespace = Struct.of().with("Name", "phoenix").with("Vpc", Ec2Fixture.VPC);
    cloudMap.handle("CreatePrivateDnsNamespace", namespace, CALLER);
    seconds(1);
    String id =
        cloudMap
            .handle("ListNamespaces", Struct.of(), CALLER)
            .structs("Namespaces")
            .get(0)
            .required("Id");
    Struct record = Struct.of().with("Type", "A").with("TTL", 10L);
    Struct service =
        Struct.of()
            .with("Name", "db")
            .with("NamespaceId", id)
            .with("HealthCheckCustomConfig", Struct.of())
            .with("DnsConfig", Struct.of().with("DnsRecords", List.of(record)));
    return cloudMap
        .handle("CreateService", service, CALLER)
        .struct("Service")
        .orElseThrow()
        .required("Arn");
  }

  static Struct loadBalancer(String targetGroupArn) {
    return Struct.of()
        .with("targetGroupArn", targetGroupArn)
        .with("containerName", "web")
        .with("containerPort", 3000);
  }

  /** Creates the service web and waits until it is steady. */
  void steady(Struct service) {
    call("CreateService", service);
    seconds(90);
  }

  Struct service() {
    return call(
            "DescribeServices",
            Struct.of()
                .with("cluster", "main")
                .with("services", List.of("web"))
                .with("include", List.of("TAGS")))
        .structs("services")
        .get(0);
  }

  List<Struct> deployments() {
    return service().structs("deployments");
  }

  Struct primary() {
    return deployments().get(0);
  }

  /** Event messages, oldest first. */
  List<String> events() {
    List<String> messages = new ArrayList<>();
    service().structs("events").forEach(event -> messages.add(0, event.required("message")));
    return messages;
  }

  List<Struct> tasks(String desiredStatus) {
    List<String> arns =
        call("ListTasks", Struct.of().with("cluster", "main").with("desiredStatus", desiredStatus))
            .strings("taskArns");
    return arns.isEmpty()
        ? List.of()
        : call("DescribeTasks", Struct.of().with("cluster", "main").with("tasks", arns))
            .structs("tasks");
  }
}
