package dev.fargate.operator.campaign;

import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Ownership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.servicediscovery.model.HealthCheckCustomConfig;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;
import software.amazon.awssdk.services.servicediscovery.model.RoutingPolicy;

/**
 * What others have in the account before a run, of every kind that the operator makes: with the
 * tags of another installation whose objects have our names, without any, and with names as near to
 * ours as may be. In the end it must be as it was.
 */
final class Foreign {
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final List<String> SUBNETS =
      List.of("subnet-0aaa0000000000001", "subnet-0aaa0000000000002");

  /** All names begin so; what a person does to things leaves these alone. */
  static final String THEIRS = "theirs";

  /** Ours but for the last letters. */
  static final String LIKE_OURS = "default-web-000000";

  /** A load balancer is provisioned for two minutes. */
  private static final Duration UNTIL_MADE = Duration.ofMinutes(5);

  private final Leftovers aws;
  private final Map<String, String> tags =
      Map.of(
          Ownership.OWNER_ID, "globex",
          Ownership.RESOURCE_OF, "FargateApp/default/web",
          Ownership.RESOURCE_ID, "TargetGroup/http");

  private Foreign(Leftovers aws) {
    this.aws = aws;
  }

  /**
   * Makes it all.
   *
   * @return what it looks like, as in {@link Account}
   */
  static List<String> in(CampaignWorld world) {
    Foreign foreign = new Foreign(world.person);
    foreign.network();
    foreign.containers();
    foreign.names();
    foreign.rest();
    foreign.backups();
    String system = foreign.fileSystem();
    world.run(UNTIL_MADE);
    foreign.inFileSystem(system);
    foreign.inNamespace();
    world.run(UNTIL_MADE);
    return Account.lines(world);
  }

  /** What of it is not any more as it was, each line for people. */
  static List<String> touched(List<String> before, List<String> now) {
    List<String> touched = new ArrayList<>(before);
    now.forEach(touched::remove);
    return touched.stream().map(line -> "  somebody else's was touched: " + line).toList();
  }

  private void network() {
    String group =
        aws.ec2
            .createSecurityGroup(
                r ->
                    r.groupName(LIKE_OURS)
                        .description("theirs")
                        .vpcId(VPC)
                        .tagSpecifications(t -> t.resourceType("security-group").tags(ec2Tags())))
            .groupId();
    aws.ec2.authorizeSecurityGroupIngress(
        r -> r.groupId(group).ipProtocol("tcp").fromPort(80).toPort(80).cidrIp("10.0.0.0/8"));
    aws.ec2.createSecurityGroup(r -> r.groupName(THEIRS).description("no tags").vpcId(VPC));
    String balancer =
        aws.elb
            .createLoadBalancer(r -> r.name(THEIRS).subnets(SUBNETS).securityGroups(group))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    String target =
        aws.elb
            .createTargetGroup(
                r ->
                    r.name(LIKE_OURS)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .vpcId(VPC)
                        .targetType(TargetTypeEnum.IP)
                        .tags(elbTags()))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    String listener =
        aws.elb
            .createListener(
                r ->
                    r.loadBalancerArn(balancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .defaultActions(
                            a ->
                                a.type(ActionTypeEnum.FIXED_RESPONSE)
                                    .fixedResponseConfig(f -> f.statusCode("404")))
                        .tags(elbTags()))
            .listeners()
            .get(0)
            .listenerArn();
    aws.elb.createRule(
        r ->
            r.listenerArn(listener)
                .priority(100)
                .conditions(c -> c.field("path-pattern").values("/*"))
                .actions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(target)));
  }

  private void containers() {
    aws.ecs.createCluster(r -> r.clusterName(THEIRS).tags(ecsTags()));
    String revision =
        aws.ecs
            .registerTaskDefinition(
                r ->
                    r.family(LIKE_OURS)
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .networkMode(NetworkMode.AWSVPC)
                        .cpu("256")
                        .memory("512")
                        .containerDefinitions(c -> c.name("app").image("theirs:1"))
                        .tags(ecsTags()))
            .taskDefinition()
            .taskDefinitionArn();
    aws.ecs.createService(
        r ->
            r.cluster(THEIRS)
                .serviceName(LIKE_OURS)
                .taskDefinition(revision)
                .launchType(LaunchType.FARGATE)
                .desiredCount(0)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS)))
                .tags(ecsTags()));
    aws.scaling.registerScalableTarget(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId("service/" + THEIRS + "/" + LIKE_OURS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .minCapacity(0)
                .maxCapacity(2)
                .tags(tags));
    aws.scaling.putScalingPolicy(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId("service/" + THEIRS + "/" + LIKE_OURS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .policyName("cpu")
                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                .targetTrackingScalingPolicyConfiguration(
                    c ->
                        c.targetValue(50.0)
                            .predefinedMetricSpecification(
                                m ->
                                    m.predefinedMetricType(
                                        MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION))));
  }

  /** In Cloud Map, and in a public zone that an environment of ours may be given. */
  private void names() {
    aws.cloudMap.createPrivateDnsNamespace(
        r -> r.name("theirs.internal").vpc(VPC).tags(cloudMapTags()));
    mark("theirs.example.com", "globex");
    mark("app2.example.com", "acme-2");
  }

  /** An address with the mark of another installation beside it, as we would write it. */
  private void mark(String host, String ownerId) {
    aws.route53.changeResourceRecordSets(
        r ->
            r.hostedZoneId(Stage.ZONE)
                .changeBatch(
                    b ->
                        b.changes(
                            record(host, RRType.A, "192.0.2.7"),
                            record(
                                "_fargate-operator." + host,
                                RRType.TXT,
                                "\"heritage=fargate-operator,owner="
                                    + ownerId
                                    + ",resource=FargateApp/default/web\""))));
  }

  private static Change record(String name, RRType type, String value) {
    return Change.builder()
        .action(ChangeAction.CREATE)
        .resourceRecordSet(
            s -> s.name(name).type(type).ttl(60L).resourceRecords(v -> v.value(value)))
        .build();
  }

  private void rest() {
    aws.logs.createLogGroup(r -> r.logGroupName("/fargate/globex/default/web").tags(tags));
    aws.logs.createLogGroup(r -> r.logGroupName("/fargate/acme/default/web-2"));
    aws.secrets.createSecret(
        r ->
            r.name("fargate/globex/default/web/env")
                .secretString("theirs")
                .tags(
                    tags.entrySet().stream()
                        .map(
                            tag ->
                                software.amazon.awssdk.services.secretsmanager.model.Tag.builder()
                                    .key(tag.getKey())
                                    .value(tag.getValue())
                                    .build())
                        .toList()));
    aws.cloudWatch.putMetricAlarm(
        r ->
            r.alarmName("fargate/globex/default/web/cpu")
                .namespace("AWS/ECS")
                .metricName("CPUUtilization")
                .statistic("Maximum")
                .comparisonOperator("GreaterThanThreshold")
                .threshold(90.0)
                .evaluationPeriods(1)
                .period(60)
                .actionsEnabled(false));
  }

  /** Under a name of ours, in a namespace that is made by then. */
  private void inNamespace() {
    String namespace = aws.cloudMap.listNamespaces().namespaces().get(0).id();
    aws.cloudMap.createService(
        r ->
            r.name("web")
                .namespaceId(namespace)
                .dnsConfig(
                    dns ->
                        dns.routingPolicy(RoutingPolicy.MULTIVALUE)
                            .dnsRecords(a -> a.type(RecordType.A).ttl(10L)))
                .healthCheckCustomConfig(HealthCheckCustomConfig.builder().build())
                .tags(cloudMapTags()));
  }

  /** A vault with a name like ours, and a plan that does nothing before the next year. */
  private void backups() {
    String vault = "fargate-acme-default-theirs";
    aws.backup.createBackupVault(r -> r.backupVaultName(vault).backupVaultTags(tags));
    aws.backup.createBackupPlan(
        r ->
            r.backupPlan(
                    plan ->
                        plan.backupPlanName(vault)
                            .rules(
                                rule ->
                                    rule.ruleName("yearly")
                                        .targetBackupVaultName(vault)
                                        .scheduleExpression("cron(0 3 1 1 ? *)")))
                .backupPlanTags(tags));
  }

  private String fileSystem() {
    return aws.efs.createFileSystem(r -> r.creationToken(LIKE_OURS).tags(efsTags())).fileSystemId();
  }

  /** What needs one that is available. */
  private void inFileSystem(String system) {
    aws.efs.createMountTarget(r -> r.fileSystemId(system).subnetId(SUBNETS.get(0)));
    aws.efs.createAccessPoint(r -> r.fileSystemId(system).clientToken(LIKE_OURS).tags(efsTags()));
  }

  private List<software.amazon.awssdk.services.efs.model.Tag> efsTags() {
    return tags.entrySet().stream()
        .map(
            tag ->
                software.amazon.awssdk.services.efs.model.Tag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .build())
        .toList();
  }

  private List<software.amazon.awssdk.services.servicediscovery.model.Tag> cloudMapTags() {
    return tags.entrySet().stream()
        .map(
            tag ->
                software.amazon.awssdk.services.servicediscovery.model.Tag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .build())
        .toList();
  }

  private List<software.amazon.awssdk.services.ec2.model.Tag> ec2Tags() {
    return tags.entrySet().stream()
        .map(
            tag ->
                software.amazon.awssdk.services.ec2.model.Tag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .build())
        .toList();
  }

  private List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag> elbTags() {
    return tags.entrySet().stream()
        .map(
            tag ->
                software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .build())
        .toList();
  }

  private List<software.amazon.awssdk.services.ecs.model.Tag> ecsTags() {
    return tags.entrySet().stream()
        .map(
            tag ->
                software.amazon.awssdk.services.ecs.model.Tag.builder()
                    .key(tag.getKey())
                    .value(tag.getValue())
                    .build())
        .toList();
  }
}
