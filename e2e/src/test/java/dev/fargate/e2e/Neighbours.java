package dev.fargate.e2e;

import dev.fargate.local.quickstart.sample.FreePorts;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.RecordType;

/**
 * Others in the same account and network: one of everything that the operator makes, too, made by
 * hand. None of it is the operator's business.
 */
final class Neighbours {
  private static final String NAME = "others";
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final List<String> SUBNETS =
      List.of("subnet-0aaa0000000000001", "subnet-0aaa0000000000002");
  private static final String IMAGE = "example.com/others:1";

  private final Account account;
  private final int port;

  /**
   * @param ports for their load balancer
   */
  Neighbours(Account account, FreePorts ports) {
    this.account = account;
    this.port = ports.take(0);
  }

  /** They move in. */
  void settle() {
    String group = securityGroup();
    loadBalancer(group);
    service(group);
    scaling();
    names();
    try (CloudWatchLogsClient logs = account.client(CloudWatchLogsClient.builder());
        SecretsManagerClient secrets = account.client(SecretsManagerClient.builder())) {
      logs.createLogGroup(r -> r.logGroupName("/" + NAME));
      secrets.createSecret(r -> r.name(NAME).secretString("theirs"));
    }
  }

  private String securityGroup() {
    try (Ec2Client ec2 = account.client(Ec2Client.builder())) {
      String group =
          ec2.createSecurityGroup(r -> r.groupName(NAME).description("theirs").vpcId(VPC))
              .groupId();
      IpPermission web =
          IpPermission.builder()
              .ipProtocol("tcp")
              .fromPort(port)
              .toPort(port)
              .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
              .build();
      ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(web));
      return group;
    }
  }

  private void loadBalancer(String group) {
    var elb = account.balancers;
    String balancer =
        elb.createLoadBalancer(r -> r.name(NAME).subnets(SUBNETS).securityGroups(group))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    String targets =
        elb.createTargetGroup(
                r ->
                    r.name(NAME)
                        .vpcId(VPC)
                        .port(80)
                        .protocol(ProtocolEnum.HTTP)
                        .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    String listener =
        elb.createListener(
                r ->
                    r.loadBalancerArn(balancer)
                        .port(port)
                        .protocol(ProtocolEnum.HTTP)
                        .defaultActions(
                            a ->
                                a.type(ActionTypeEnum.FIXED_RESPONSE)
                                    .fixedResponseConfig(f -> f.statusCode("404"))))
            .listeners()
            .get(0)
            .listenerArn();
    elb.createRule(
        r ->
            r.listenerArn(listener)
                .priority(1)
                .conditions(c -> c.field("path-pattern").pathPatternConfig(v -> v.values("/a")))
                .actions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)));
  }

  private void service(String group) {
    account.ecs.createCluster(r -> r.clusterName(NAME));
    account.ecs.registerTaskDefinition(
        r ->
            r.family(NAME)
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .containerDefinitions(c -> c.name("main").image(IMAGE).essential(true)));
    account.ecs.createService(
        r ->
            r.cluster(NAME)
                .serviceName(NAME)
                .taskDefinition(NAME)
                .desiredCount(0)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(
                    n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS).securityGroups(group))));
  }

  private void scaling() {
    String resource = "service/" + NAME + "/" + NAME;
    try (ApplicationAutoScalingClient scaling =
        account.client(ApplicationAutoScalingClient.builder())) {
      scaling.registerScalableTarget(
          r ->
              r.serviceNamespace(ServiceNamespace.ECS)
                  .resourceId(resource)
                  .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                  .minCapacity(0)
                  .maxCapacity(0));
      scaling.putScalingPolicy(
          r ->
              r.serviceNamespace(ServiceNamespace.ECS)
                  .resourceId(resource)
                  .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                  .policyName(NAME)
                  .policyType(PolicyType.TARGET_TRACKING_SCALING)
                  .targetTrackingScalingPolicyConfiguration(
                      t ->
                          t.targetValue(50.0)
                              .predefinedMetricSpecification(
                                  m ->
                                      m.predefinedMetricType(
                                          MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION))));
    }
  }

  private void names() {
    try (ServiceDiscoveryClient names = account.client(ServiceDiscoveryClient.builder())) {
      names.createPrivateDnsNamespace(r -> r.name(NAME + ".internal").vpc(VPC));
      PhoenixWorld.await(
          "their namespace is there",
          () -> !names.listNamespaces().namespaces().isEmpty(),
          () -> "");
      String namespace = names.listNamespaces().namespaces().get(0).id();
      names.createService(
          r ->
              r.name(NAME)
                  .namespaceId(namespace)
                  .dnsConfig(d -> d.dnsRecords(a -> a.type(RecordType.A).ttl(10L))));
    }
  }
}
