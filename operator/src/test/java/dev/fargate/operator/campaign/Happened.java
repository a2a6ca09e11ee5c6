package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.build.DatabaseRestore;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

/** What has happened by the time that somebody asks for a plan, by the names in edits.yaml. */
final class Happened {
  private static final Map<String, Consumer<Stage>> ALL =
      Map.ofEntries(
          Map.entry("no operator", stage -> stage.world.leader = null),
          Map.entry("the app is lost", Happened::lost),
          Map.entry("another port is on its way", Happened::otherPort),
          Map.entry("services are being deleted", stage -> deleteServices(stage, Duration.ZERO)),
          Map.entry("services are deleted", stage -> deleteServices(stage, Duration.ofHours(2))),
          Map.entry("access points are deleted", Happened::deleteAccessPoints),
          Map.entry("the restore has failed", Happened::failedRestore),
          Map.entry("what is there is not read", Happened::unread),
          Map.entry("a rule comes first", Happened::ruleFirst),
          Map.entry("a name answers otherwise", Happened::otherRecords));

  private Happened() {}

  static Consumer<Stage> named(String what) {
    if (!ALL.containsKey(what)) {
      throw new IllegalArgumentException("nothing that happens is called " + what);
    }
    return ALL.get(what);
  }

  /** Only ECS remembers then what it has gone back from. */
  private static void lost(Stage stage) {
    stage.world.leader = null;
    stage.lose(stage.app);
  }

  private static void otherPort(Stage stage) {
    stage.edit(app -> app.getSpec().ports.get(0).containerPort = 4000);
    stage.world.run(Duration.ofSeconds(25));
  }

  private static void deleteServices(Stage stage, Duration time) {
    Leftovers aws = stage.world.person;
    stage.asPerson(
        () ->
            aws.ecs
                .listServices(r -> r.cluster("phoenix"))
                .serviceArns()
                .forEach(
                    arn ->
                        aws.ecs.deleteService(r -> r.cluster("phoenix").service(arn).force(true))));
    stage.world.run(time);
  }

  private static void deleteAccessPoints(Stage stage) {
    Leftovers aws = stage.world.person;
    stage.asPerson(
        () ->
            aws.efs
                .describeAccessPoints(r -> {})
                .accessPoints()
                .forEach(
                    it -> aws.efs.deleteAccessPoint(r -> r.accessPointId(it.accessPointId()))));
    stage.world.run(Duration.ofMinutes(2));
  }

  private static void failedRestore(Stage stage) {
    stage
        .world
        .aws
        .scriptedTasks()
        .image("mongo:7.0", DatabaseRestore.CONTAINER)
        .worksFor(Duration.ofSeconds(3), container -> 66);
    Workloads.named("restore").steps().accept(stage);
  }

  private static void unread(Stage stage) {
    for (String call :
        new String[] {
          "elasticloadbalancing:DescribeTargetGroups",
          "ecs:ListTaskDefinitions",
          "secretsmanager:ListSecrets",
          "servicediscovery:ListServices"
        }) {
      stage.world.aws.faults().on(call).fail("AccessDeniedException", "not authorized");
    }
  }

  /** For every host, to nobody. */
  private static void ruleFirst(Stage stage) {
    Leftovers aws = stage.world.person;
    stage.asPerson(
        () ->
            aws.elb.describeLoadBalancers().loadBalancers().stream()
                .filter(it -> it.loadBalancerName().startsWith("phoenix-"))
                .flatMap(
                    it ->
                        aws
                            .elb
                            .describeListeners(r -> r.loadBalancerArn(it.loadBalancerArn()))
                            .listeners()
                            .stream())
                .forEach(
                    it ->
                        aws.elb.createRule(
                            r ->
                                r.listenerArn(it.listenerArn())
                                    .priority(1)
                                    .conditions(c -> c.field("path-pattern").values("/*"))
                                    .actions(
                                        a ->
                                            a.type(ActionTypeEnum.FIXED_RESPONSE)
                                                .fixedResponseConfig(f -> f.statusCode("404"))))));
  }

  /** Ours by its tags, and of another kind of records than we make: somebody has imported it. */
  private static void otherRecords(Stage stage) {
    Leftovers aws = stage.world.person;
    stage.asPerson(
        () -> {
          String namespace =
              aws.cloudMap.listNamespaces().namespaces().stream()
                  .filter(it -> it.name().equals("phoenix.internal"))
                  .findFirst()
                  .orElseThrow()
                  .id();
          aws.cloudMap.createService(
              r ->
                  r.name("web")
                      .namespaceId(namespace)
                      .dnsConfig(d -> d.dnsRecords(a -> a.type("SRV").ttl(60L)))
                      .tags(
                          t -> t.key(Ownership.OWNER_ID).value(Process.OWNER_ID),
                          t -> t.key(Ownership.RESOURCE_OF).value("FargateApp/default/web"),
                          t -> t.key(Ownership.RESOURCE_ID).value("DiscoveryService/dns")));
        });
  }
}
