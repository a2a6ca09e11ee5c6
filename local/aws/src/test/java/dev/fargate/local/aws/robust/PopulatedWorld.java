package dev.fargate.local.aws.robust;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/**
 * Valid inputs from which a walk starts, in the order in which they work. A text {@code $Name}
 * stands for the last value that an answer had under that name.
 */
final class PopulatedWorld {
  private static final String VPC = "vpc-0123456789abcdef0";
  private static final List<String> SUBNETS =
      List.of("subnet-0aaa0000000000001", "subnet-0aaa0000000000002");

  private PopulatedWorld() {}

  record Step(String service, String operation, Struct input) {}

  static List<Step> steps() {
    String elb = "elasticloadbalancing";
    return List.of(
        step("logs", "CreateLogGroup", of("logGroupName", "web")),
        step("secretsmanager", "CreateSecret", secret()),
        step("ec2", "CreateSecurityGroup", securityGroup()),
        step("ec2", "AuthorizeSecurityGroupIngress", ingress()),
        step(elb, "CreateLoadBalancer", of("Name", "lb").with("Subnets", SUBNETS)),
        step(elb, "CreateTargetGroup", targetGroup()),
        step(elb, "CreateListener", listener()),
        step(elb, "CreateRule", rule()),
        step(elb, "ModifyRule", of("RuleArn", "$RuleArn").with("Actions", forward())),
        step(elb, "RegisterTargets", targets()),
        step(elb, "DescribeTargetHealth", of("TargetGroupArn", "$TargetGroupArn")),
        step("ecs", "CreateCluster", of("clusterName", "c")),
        step("ecs", "RegisterTaskDefinition", taskDefinition()),
        step("ecs", "CreateService", service()),
        step(
            "ecs",
            "UpdateService",
            of("cluster", "c").with("service", "web").with("desiredCount", 3)),
        step("ecs", "RunTask", task()),
        step("application-autoscaling", "RegisterScalableTarget", scalableTarget()),
        step("application-autoscaling", "PutScalingPolicy", scalingPolicy()),
        step(
            "servicediscovery",
            "CreatePrivateDnsNamespace",
            of("Name", "x.local").with("Vpc", VPC)));
  }

  private static Struct secret() {
    return of("Name", "db")
        .with("SecretString", "{\"a\":\"b\"}")
        .with("ClientRequestToken", "11111111-1111-1111-1111-111111111111");
  }

  private static Struct securityGroup() {
    return of("GroupName", "web").with("Description", "web").with("VpcId", VPC);
  }

  private static Struct ingress() {
    return of("GroupId", "$groupId")
        .with(
            "IpPermissions",
            List.of(
                of("IpProtocol", "tcp")
                    .with("FromPort", 80)
                    .with("ToPort", 80)
                    .with("IpRanges", List.of(of("CidrIp", "10.0.0.0/8")))));
  }

  private static Struct targetGroup() {
    return of("Name", "tg")
        .with("Protocol", "HTTP")
        .with("Port", 80)
        .with("VpcId", VPC)
        .with("TargetType", "ip");
  }

  private static Struct listener() {
    return of("LoadBalancerArn", "$LoadBalancerArn")
        .with("Protocol", "HTTP")
        .with("Port", 80)
        .with("DefaultActions", forward());
  }

  private static Struct rule() {
    Struct paths = of("Values", List.of("/a"));
    return of("ListenerArn", "$ListenerArn")
        .with("Priority", 5)
        .with("Conditions", List.of(of("Field", "path-pattern").with("PathPatternConfig", paths)))
        .with("Actions", forward());
  }

  private static Struct targets() {
    return of("TargetGroupArn", "$TargetGroupArn")
        .with("Targets", List.of(of("Id", "10.0.0.9").with("Port", 80)));
  }

  private static List<Struct> forward() {
    return List.of(of("Type", "forward").with("TargetGroupArn", "$TargetGroupArn"));
  }

  private static Struct taskDefinition() {
    return of("family", "web")
        .with("networkMode", "awsvpc")
        .with("requiresCompatibilities", List.of("FARGATE"))
        .with("cpu", "256")
        .with("memory", "512")
        .with(
            "containerDefinitions",
            List.of(
                of("name", "web")
                    .with("image", "web:1")
                    .with("portMappings", List.of(of("containerPort", 80)))));
  }

  private static Struct service() {
    return of("cluster", "c")
        .with("serviceName", "web")
        .with("taskDefinition", "web")
        .with("desiredCount", 2)
        .with("launchType", "FARGATE")
        .with(
            "loadBalancers",
            List.of(
                of("targetGroupArn", "$TargetGroupArn")
                    .with("containerName", "web")
                    .with("containerPort", 80)))
        .with("networkConfiguration", of("awsvpcConfiguration", of("subnets", SUBNETS)));
  }

  private static Struct task() {
    return of("cluster", "c")
        .with("taskDefinition", "web")
        .with("launchType", "FARGATE")
        .with("networkConfiguration", of("awsvpcConfiguration", of("subnets", SUBNETS)))
        .with("overrides", of("containerOverrides", List.of(of("name", "web"))));
  }

  private static Struct scalable() {
    return of("ServiceNamespace", "ecs")
        .with("ResourceId", "service/c/web")
        .with("ScalableDimension", "ecs:service:DesiredCount");
  }

  private static Struct scalableTarget() {
    return scalable().with("MinCapacity", 1).with("MaxCapacity", 4);
  }

  private static Struct scalingPolicy() {
    Struct cpu = of("PredefinedMetricType", "ECSServiceAverageCPUUtilization");
    return scalable()
        .with("PolicyName", "cpu")
        .with("PolicyType", "TargetTrackingScaling")
        .with(
            "TargetTrackingScalingPolicyConfiguration",
            of("TargetValue", 70.0).with("PredefinedMetricSpecification", cpu));
  }

  private static Step step(String service, String operation, Struct input) {
    return new Step(service, operation, input);
  }

  private static Struct of(String member, Object value) {
    return Struct.of().with(member, value);
  }
}
