package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ec2.Ec2;
import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.elb.Elb;
import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.elb.Timing;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;

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
    call(
        "ModifyTargetGroupAttributes",
        Struct.of()
            .with("TargetGroupArn", targetGroup)
            .with(
                "Attributes",
                List.of(
                    Struct.of()
                        .with("Key", "deregistration_delay.timeout_seconds")
                        .with("Value", "30"))));
    String vpcDefault = ec2.defaultSecurityGroup(Ec2Fixture.VPC);
    Ec2Fixture.allow(ec2, vpcDefault, Ec2Fixture.fromGroup(3000, group));
  }

  /** A target group that no listener names yet. */
  String group(String name, String targetType) {
    return arn(
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

  /** How many targets are in this state now. */
  int targets(String state) {
    return (int)
        call("DescribeTargetHealth", Struct.of().with("TargetGroupArn", targetGroup))
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
