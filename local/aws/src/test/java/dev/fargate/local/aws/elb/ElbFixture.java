package dev.fargate.local.aws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.ec2.Ec2;
import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.time.VirtualScheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A load balancing service on a virtual clock; each address answers its health check as told. */
final class ElbFixture {
  static final String CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/one";
  static final String OTHER = "arn:aws:acm:eu-central-1:123456789012:certificate/two";
  static final String THIRD = "arn:aws:acm:eu-central-1:123456789012:certificate/three";
  private static final List<String> CERTIFICATES = List.of(CERTIFICATE, OTHER, THIRD);

  static final TargetProbe.Answer TIMEOUT = new TargetProbe.Answer(0, true);
  static final TargetProbe.Answer REFUSED = new TargetProbe.Answer(0, false);

  final VirtualScheduler clock = new VirtualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
  final Ec2 ec2 = Ec2Fixture.ec2();
  final Map<String, TargetProbe.Answer> answers = new HashMap<>();
  final Elb elb;
  final String lbGroup = Ec2Fixture.group(ec2, "lb");
  final String appGroup = Ec2Fixture.group(ec2, "app");

  ElbFixture() {
    this(CERTIFICATES::contains);
  }

  ElbFixture(Predicate<String> certificateExists) {
    elb =
        new Elb(
            clock,
            ec2,
            (request, answer) -> answer.accept(answers.getOrDefault(request.ip(), REFUSED)),
            null,
            Timing.realistic(),
            certificateExists);
    Ec2Fixture.allow(ec2, appGroup, Ec2Fixture.fromGroup(3000, lbGroup));
  }

  Struct call(String operation, Struct input) {
    return elb.handle(operation, input, Ec2Fixture.CALLER);
  }

  static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  Struct loadBalancerInput(String name) {
    return Struct.of()
        .with("Name", name)
        .with("Subnets", List.of(Ec2Fixture.SUBNET_A, Ec2Fixture.SUBNET_B))
        .with("SecurityGroups", List.of(lbGroup));
  }

  String loadBalancer(String name) {
    return call("CreateLoadBalancer", loadBalancerInput(name))
        .structs("LoadBalancers")
        .get(0)
        .required("LoadBalancerArn");
  }

  static List<Struct> notFound() {
    return List.of(
        Struct.of()
            .with("Type", "fixed-response")
            .with("FixedResponseConfig", Struct.of().with("StatusCode", "404")));
  }

  Struct listenerInput(String loadBalancerArn, int port) {
    return Struct.of()
        .with("LoadBalancerArn", loadBalancerArn)
        .with("Protocol", "HTTP")
        .with("Port", port)
        .with("DefaultActions", notFound());
  }

  String listener(String loadBalancerArn) {
    return call("CreateListener", listenerInput(loadBalancerArn, 80))
        .structs("Listeners")
        .get(0)
        .required("ListenerArn");
  }

  Struct groupInput(String name) {
    return Struct.of()
        .with("Name", name)
        .with("Protocol", "HTTP")
        .with("Port", 3000)
        .with("VpcId", Ec2Fixture.VPC)
        .with("TargetType", "ip")
        .with("HealthCheckPath", "/healthz")
        .with("HealthCheckIntervalSeconds", 10)
        .with("HealthCheckTimeoutSeconds", 5)
        .with("HealthyThresholdCount", 3)
        .with("UnhealthyThresholdCount", 2);
  }

  String group(String name) {
    return call("CreateTargetGroup", groupInput(name))
        .structs("TargetGroups")
        .get(0)
        .required("TargetGroupArn");
  }

  static List<Struct> forward(String groupArn) {
    return List.of(Struct.of().with("Type", "forward").with("TargetGroupArn", groupArn));
  }

  static List<Struct> path(String... patterns) {
    return List.of(Struct.of().with("Field", "path-pattern").with("Values", List.of(patterns)));
  }

  Struct ruleInput(String listenerArn, int priority, String groupArn) {
    return Struct.of()
        .with("ListenerArn", listenerArn)
        .with("Priority", priority)
        .with("Conditions", path("/*"))
        .with("Actions", forward(groupArn));
  }

  String rule(String listenerArn, int priority, String groupArn) {
    return call("CreateRule", ruleInput(listenerArn, priority, groupArn))
        .structs("Rules")
        .get(0)
        .required("RuleArn");
  }

  /** An address of a task in the app's group. */
  String task() {
    return ec2.attach(Ec2Fixture.SUBNET_A, List.of(appGroup), "a task").privateIp();
  }

  String state(String groupArn, String ip) {
    return elb.targetGroups().health(groupArn, ip, 3000).map(h -> h.state()).orElse("gone");
  }

  String reason(String groupArn, String ip) {
    return elb.targetGroups().health(groupArn, ip, 3000).map(h -> h.reason()).orElse("gone");
  }
}
