package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ec2.Ec2;
import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.elb.Elb;
import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.elb.Timing;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A load balancer whose listener forwards to one target group of tasks on port 3000. */
final class LoadBalancing {
  final Elb elb;
  final String loadBalancer;
  final String targetGroup;

  LoadBalancing(Scheduler scheduler, Ec2 ec2, TargetProbe probe) {
    elb = new Elb(scheduler, ec2, probe, null, Timing.realistic(), arn -> false);
    String group = Ec2Fixture.group(ec2, "load-balancer");
    loadBalancer =
        arn(
            "CreateLoadBalancer",
            "LoadBalancers",
            "LoadBalancerArn",
            Struct.of()
                .with("Name", "main")
                .with("Subnets", List.of(Ec2Fixture.SUBNET_A, Ec2Fixture.SUBNET_B))
                .with("SecurityGroups", List.of(group)));
    targetGroup = group("web", "ip");
    listener(80, targetGroup);
    String vpcDefault = ec2.defaultSecurityGroup(Ec2Fixture.VPC);
    Ec2Fixture.allow(ec2, vpcDefault, Ec2Fixture.fromGroup(3000, group));
  }

  /** A target group that no listener names yet. */
  String group(String name, String targetType) {
    String made =
        arn(
            "CreateTargetGroup",
            "TargetGroups",
            "TargetGroupArn",
            Struct.of()
                .with("Name", name)
                .with("Protocol", "HTTP")
                .with("Port", 3000)
                .with("VpcId", Ec2Fixture.VPC)
                .with("TargetType", targetType)
                .with("HealthCheckIntervalSeconds", 10)
                .with("HealthCheckTimeoutSeconds", 5)
                .with("HealthyThresholdCount", 2)
                .with("UnhealthyThresholdCount", 2));
    call(
        "ModifyTargetGroupAttributes",
        Struct.of()
            .with("TargetGroupArn", made)
            .with(
                "Attributes",
                List.of(
                    Struct.of()
                        .with("Key", "deregistration_delay.timeout_seconds")
                        .with("Value", "30"))));
    return made;
  }

  void listener(int port, String targetGroupArn) {
    Struct forward = Struct.of().with("Type", "forward").with("TargetGroupArn", targetGroupArn);
    call(
        "CreateListener",
        Struct.of()
            .with("LoadBalancerArn", loadBalancer)
            .with("Protocol", "HTTP")
            .with("Port", port)
            .with("DefaultActions", List.of(forward)));
  }

  /** A rule for everything that forwards to the groups: the first gets all. Returns its ARN. */
  String rule(String... targetGroupArns) {
    String listener =
        call("DescribeListeners", Struct.of().with("LoadBalancerArn", loadBalancer))
            .structs("Listeners")
            .get(0)
            .required("ListenerArn");
    List<Struct> groups = new ArrayList<>();
    for (String arn : targetGroupArns) {
      groups.add(Struct.of().with("TargetGroupArn", arn).with("Weight", groups.isEmpty() ? 1 : 0));
    }
    return arn(
        "CreateRule",
        "Rules",
        "RuleArn",
        Struct.of()
            .with("ListenerArn", listener)
            .with("Priority", 1)
            .with(
                "Conditions",
                List.of(Struct.of().with("Field", "path-pattern").with("Values", List.of("/*"))))
            .with(
                "Actions",
                List.of(
                    Struct.of()
                        .with("Type", "forward")
                        .with("ForwardConfig", Struct.of().with("TargetGroups", groups)))));
  }

  /**
   * The weights of a rule's target groups, in the order of their names: {@code green=0 web=100}.
   */
  String weights(String ruleArn) {
    return call("DescribeRules", Struct.of().with("RuleArns", List.of(ruleArn)))
        .structs("Rules")
        .get(0)
        .structs("Actions")
        .get(0)
        .struct("ForwardConfig")
        .orElseThrow()
        .structs("TargetGroups")
        .stream()
        .map(
            group ->
                group.required("TargetGroupArn").split("/")[1]
                    + "="
                    + group.integer("Weight").orElseThrow())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** How many targets are in this state now. */
  int targets(String state) {
    return targets(targetGroup, state);
  }

  int targets(String targetGroupArn, String state) {
    return (int)
        call("DescribeTargetHealth", Struct.of().with("TargetGroupArn", targetGroupArn))
            .structs("TargetHealthDescriptions")
            .stream()
            .filter(t -> t.struct("TargetHealth").orElseThrow().required("State").equals(state))
            .count();
  }

  Struct call(String operation, Struct in) {
    return elb.handle(operation, in, Ec2Fixture.CALLER);
  }

  private String arn(String operation, String list, String member, Struct in) {
    return call(operation, in).structs(list).get(0).required(member);
  }
}
